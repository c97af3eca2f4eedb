"""What the roles may do with the public site's own tables. Pages are given by tree: see `foundation.accounts.roles`."""

EDITORS = tuple(
    f"{app}.{verb}_{model}"
    for app, model in (("home", "glossaryterm"), ("search", "synonym"))
    for verb in ("add", "change", "view")
)
PUBLISHERS = tuple(
    f"{app}.{verb}_{model}"
    for app, model in (("home", "audience"), ("home", "topic"), ("home", "glossaryterm"), ("search", "synonym"))
    for verb in ("add", "change", "delete", "view")
)

BY_ROLE = {"editor": EDITORS, "publisher": PUBLISHERS, "administrator": PUBLISHERS}
