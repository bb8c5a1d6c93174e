"""An app with the validation plug-in of the interface that the library has. Its argument is the severity to fail on."""

import sys

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2

from sglint.cdk_plugin import Options, validation_plugin, validation_plugin_beta1

options = Options(fail_on=sys.argv[1], select=("SG102", "SG201"))
if hasattr(cdk, "Validations"):
    app = cdk.App()
    cdk.Validations.of(app).add_plugins(validation_plugin(options))
else:
    app = cdk.App(policy_validation_beta1=[validation_plugin_beta1(options)])
stack = cdk.Stack(app, "Web")
vpc = ec2.Vpc.from_vpc_attributes(stack, "Vpc", vpc_id="vpc-11111111", availability_zones=["eu-west-1a"])
ec2.SecurityGroup(stack, "OutSG", vpc=vpc, description="Everything out")
inner = cdk.NestedStack(stack, "Inner")
group = ec2.SecurityGroup(inner, "SG", vpc=vpc, description="Nested", allow_all_outbound=False)
group.add_ingress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(22), "SSH for everyone")
stage = cdk.Stage(app, "Prod")
prod = cdk.Stack(stage, "Web")
ec2.CfnSecurityGroupIngress(
    prod, "Hole", group_id="sg-0123456789abcdef0", ip_protocol="tcp", from_port=22, to_port=22, cidr_ip="0.0.0.0/0"
)
app.synth()
print("synthesized")
