# open: one instance of a rule resource
resource "aws_vpc_security_group_ingress_rule" "hosts" {
  for_each          = { office = "203.0.113.0/28", everyone = "0.0.0.0/0" }
  security_group_id = "sg-0123456789abcdef0"
  description       = "Administration, ${each.key}"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = each.value
}
