"""Terraform resources as code has them: those that concern no security group, and those that do."""

from __future__ import annotations

from random import Random

_ACTIONS = ("s3:GetObject", "s3:PutObject", "sqs:SendMessage", "kms:Decrypt", "logs:PutLogEvents", "sns:Publish")
_METRICS = ("CPUUtilization", "FreeStorageSpace", "Errors", "Latency", "ApproximateAgeOfOldestMessage")


def role(name: str, random: Random) -> str:
    """A role with its policy, which may say who administers security groups."""
    return f"{_COMMENT.format(name)}\n{_role(name, random)}"


def unrelated(name: str, random: Random) -> str:
    """Resources that say nothing about security groups, of 8 to 40 lines."""
    return f"{_COMMENT.format(name)}\n{random.choice(_UNRELATED)(name, random)}"


_COMMENT = (
    "# What {0} is for, who owns it and what to mind when it changes is written down with the team's other decisions.\n"
    "# It is kept apart from its neighbours so that it can be replaced without touching what depends on them."
)


def _bucket(name: str, random: Random) -> str:
    days = random.choice((30, 60, 90, 365))
    return f"""\
resource "aws_s3_bucket" "{name}" {{
  bucket        = "${{var.project}}-{name}-${{var.environment}}"
  force_destroy = var.environment != "production"
  tags          = merge(local.tags, {{ Name = "{name}" }})
}}

resource "aws_s3_bucket_lifecycle_configuration" "{name}" {{
  bucket = aws_s3_bucket.{name}.id

  rule {{
    id     = "expire"
    status = "Enabled"

    expiration {{
      days = {days}
    }}

    noncurrent_version_expiration {{
      noncurrent_days = {days // 2}
    }}
  }}
}}

resource "aws_s3_bucket_public_access_block" "{name}" {{
  bucket                  = aws_s3_bucket.{name}.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}}
"""


def _role(name: str, random: Random) -> str:
    actions = ",\n".join(f'      "{action}"' for action in sorted(random.sample(_ACTIONS, 4)))
    return f"""\
data "aws_iam_policy_document" "{name}" {{
  statement {{
    sid    = "Access"
    effect = "Allow"
    actions = [
{actions},
    ]
    resources = [for name in var.resource_names : "arn:aws:s3:::${{name}}/*"]

    condition {{
      test     = "StringEquals"
      variable = "aws:PrincipalTag/project"
      values   = [var.project]
    }}
  }}
}}

resource "aws_iam_role" "{name}" {{
  name               = "${{var.project}}-{name}"
  assume_role_policy = data.aws_iam_policy_document.{name}.json
  tags               = local.tags
}}

resource "aws_iam_role_policy" "{name}" {{
  name   = "{name}"
  role   = aws_iam_role.{name}.id
  policy = data.aws_iam_policy_document.{name}.json
}}
"""


def _alarm(name: str, random: Random) -> str:
    return f"""\
resource "aws_cloudwatch_metric_alarm" "{name}" {{
  alarm_name          = "${{var.project}}-{name}"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = {random.randint(1, 5)}
  metric_name         = "{random.choice(_METRICS)}"
  namespace           = "AWS/Application"
  period              = {random.choice((60, 300, 900))}
  statistic           = "Average"
  threshold           = {random.randint(1, 95)}
  alarm_description   = "Raised when {name} is out of bounds for too long."
  alarm_actions       = var.environment == "production" ? [var.topic] : []
  treat_missing_data  = "notBreaching"
  tags                = local.tags
}}
"""


def _queue(name: str, random: Random) -> str:
    return f"""\
resource "aws_sqs_queue" "{name}" {{
  name                       = "${{var.project}}-{name}"
  delay_seconds              = {random.randint(0, 90)}
  message_retention_seconds  = {random.choice((86400, 345600))}
  visibility_timeout_seconds = {random.choice((30, 60, 900))}

  redrive_policy = jsonencode({{
    deadLetterTargetArn = aws_sqs_queue.{name}_dead.arn
    maxReceiveCount     = 4
  }})

  tags = local.tags
}}

resource "aws_sqs_queue" "{name}_dead" {{
  name = "${{var.project}}-{name}-dead"
  tags = local.tags
}}
"""


def _record(name: str, random: Random) -> str:
    return f"""\
resource "aws_route53_record" "{name}" {{
  for_each = {{ for host in var.hosts : host.name => host if host.enabled }}

  zone_id = var.zone_id
  name    = "${{each.key}}.{name}.${{var.domain}}"
  type    = "A"
  ttl     = {random.choice((60, 300, 3600))}
  records = [each.value.address]
}}
"""


_UNRELATED = (_bucket, _alarm, _queue, _record)


def group(name: str, random: Random) -> str:
    """A security group with its rules in one of the ways that code writes them."""
    return random.choice(_GROUPS)(name, random)


def _peers(random: Random) -> str:
    wide = ('"0.0.0.0/0"', '"10.0.0.0/8"')
    narrow = (f'"10.{random.randint(0, 255)}.{random.randint(0, 255)}.0/28"', f'"172.16.{random.randint(0, 255)}.0/24"')
    return random.choice(wide) if random.random() < 0.2 else random.choice(narrow)


def _inline(name: str, random: Random) -> str:
    port = random.choice((443, 443, 443, 8080, 5432, 22))
    return f"""\
resource "aws_security_group" "{name}" {{
  name        = "${{var.project}}-{name}"
  description = "What reaches {name}"
  vpc_id      = var.vpc_id

  ingress {{
    description = "Clients of {name}"
    from_port   = {port}
    to_port     = {port}
    protocol    = "tcp"
    cidr_blocks = [{_peers(random)}]
  }}

  egress {{
    description = "Anything over TLS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}

  tags = merge(local.tags, {{ Name = "{name}" }})
}}
"""


def _dynamic(name: str, random: Random) -> str:
    return f"""\
locals {{
  {name}_ports = {{ for port in [443, {random.choice((8443, 9090, 3306))}] : "port-${{port}}" => port if port > 0 }}
}}

resource "aws_security_group" "{name}" {{
  name_prefix = "${{var.project}}-{name}-"
  description = "What reaches {name}"
  vpc_id      = var.vpc_id

  dynamic "ingress" {{
    for_each = local.{name}_ports

    content {{
      description = "Clients over ${{ingress.key}}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = concat(var.client_cidrs, [{_peers(random)}])
    }}
  }}

  tags = local.tags
}}
"""


def _standalone(name: str, random: Random) -> str:
    return f"""\
resource "aws_security_group" "{name}" {{
  name        = "${{var.project}}-{name}"
  description = "What reaches {name}"
  vpc_id      = var.vpc_id
  tags        = local.tags
}}

resource "aws_vpc_security_group_ingress_rule" "{name}" {{
  for_each = toset([{_peers(random)}])

  security_group_id = aws_security_group.{name}.id
  description       = "Clients of {name}"
  cidr_ipv4         = each.value
  from_port         = {random.choice((443, 8443))}
  to_port           = 8443
  ip_protocol       = "tcp"
}}

resource "aws_security_group_rule" "{name}_out" {{
  security_group_id = aws_security_group.{name}.id
  type              = "egress"
  description       = "Packages"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}}
"""


_GROUPS = (_inline, _dynamic, _standalone)


def carrier(name: str, group_name: str, random: Random) -> str:
    """A resource that carries a group."""
    if random.random() < 0.5:
        return f"""\
resource "aws_instance" "{name}" {{
  ami                    = data.aws_ami.this.id
  instance_type          = var.environment == "production" ? "m6i.large" : "t3.small"
  subnet_id              = var.subnet_ids[0]
  vpc_security_group_ids = [aws_security_group.{group_name}.id]
  tags                   = merge(local.tags, {{ Name = "{name}" }})
}}
"""
    return f"""\
resource "aws_db_instance" "{name}" {{
  identifier             = "${{var.project}}-{name}"
  engine                 = "postgres"
  instance_class         = "db.t4g.medium"
  allocated_storage      = 50
  db_subnet_group_name   = var.subnet_group
  vpc_security_group_ids = [aws_security_group.{group_name}.id]
  skip_final_snapshot    = var.environment != "production"
  tags                   = local.tags
}}
"""
