"""The named modules, thin: which operation a method is, and what the operation cannot say.

A method loads its operation when it is called: whoever creates meetings need not wait for panelists.
"""
