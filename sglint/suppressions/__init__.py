"""Suppressions in the source: comments of HCL and YAML, and metadata of CloudFormation resources."""
