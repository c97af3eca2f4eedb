"""What the documentation of Wagtail has its reader add to a fresh site: a form page. Never part of the site itself."""
