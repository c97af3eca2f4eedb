"""Who is asked, when and where: waves, schools, teachers' links and class sessions."""
