"""A stack with the aspect; prints the annotations that its constructs get, one a line."""

import aws_cdk as cdk
from aws_cdk import assertions
from aws_cdk import aws_ec2 as ec2

from sglint.cdk_plugin import Options, security_group_aspect

app = cdk.App()
stack = cdk.Stack(app, "Web")
vpc = ec2.Vpc(stack, "Vpc", max_azs=1, nat_gateways=0)
web = ec2.SecurityGroup(stack, "WebSG", vpc=vpc, description="Web servers")
web.add_ingress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(22), "SSH for everyone")
back = ec2.SecurityGroup(stack, "BackSG", vpc=vpc, description="Back end", allow_all_outbound=False)
back.add_ingress_rule(web, ec2.Port.tcp(8080), "From the web servers")
back.add_ingress_rule(ec2.Peer.ipv4(vpc.vpc_cidr_block), ec2.Port.tcp(22), "From inside")
port = cdk.CfnParameter(stack, "Port", type="Number")
back.add_ingress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(port.value_as_number), "Only the deployment knows")
inner = cdk.NestedStack(stack, "Inner")
group = ec2.SecurityGroup(inner, "SG", vpc=vpc, description="Nested", allow_all_outbound=False)
group.add_ingress_rule(ec2.Peer.any_ipv6(), ec2.Port.tcp(3389), "RDP for everyone")
cdk.Aspects.of(stack).add(security_group_aspect(Options(fail_on="high", select=("SG102", "SG103", "SG201", "SG901"))))

found = assertions.Annotations.from_stack(stack)
for kind, entries in (
    ("error", found.find_error("*", assertions.Match.any_value())),
    ("warning", found.find_warning("*", assertions.Match.any_value())),
    ("info", found.find_info("*", assertions.Match.any_value())),
):
    for entry in entries:
        print(kind, entry.id, entry.entry.data)
