"""Terraform's functions, by the names of its language.

`call` is the one way in. `registry` lists every function with its parameters and the module that implements it; a
module is loaded when one of its functions is first called.
"""

from sglint.terraform.functions.calling import FileReader, FunctionContext, FunctionError, Render
from sglint.terraform.functions.dispatch import call

__all__ = ["FileReader", "FunctionContext", "FunctionError", "Render", "call"]
