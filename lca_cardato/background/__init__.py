"""A background database of the user's own, such as ecoinvent, in place of the open one."""
