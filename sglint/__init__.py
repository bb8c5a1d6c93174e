"""A static linter for AWS security groups in Terraform, CloudFormation and CDK code."""

__version__ = "0.1.0"
