"""The arguments of Terraform's AWS provider that attach security groups (argument reference, provider 6.62).

Left out, because they attach nothing: peers and owners of rules; `source_security_group` of `aws_elb`, which is
computed; `source_security_group_ids` of `aws_eks_node_group`, which are peers; `replacement_security_group_ids` of
`aws_lambda_function`, which come when it is destroyed; groups of EC2-Classic (`db_security_group_memberships`,
`security_group_names` of caches); groups of other services by the same name (`input_security_groups`); and switches.
"""

from __future__ import annotations

from sglint.aws.carriers import Carrier, Fallback, carrier
from sglint.model.attachments import Facing, Kind, Tier

_LOAD_BALANCER = carrier(
    Kind.LOAD_BALANCER,
    "elb",
    "security_groups",
    "subnets subnet_mapping.subnet_id",
    facing=Facing.PUBLIC,
    internal="internal",
    fallback=Fallback(only=("load_balancer_type", ("application", None))),
)
_ECS = "network_configuration.security_groups"
_SAGEMAKER_VPC = "vpc_config.security_group_ids"
_VPC = "vpc_config.security_group_ids"
_MANAGED = "managed_vpc_resource.security_group_ids"
_JWT = "authorizer_configuration.custom_jwt_authorizer"
_AGENT_AUTHORIZER = f"{_JWT}.private_endpoint.{_MANAGED} {_JWT}.private_endpoint_overrides.private_endpoint.{_MANAGED}"

CARRIERS: dict[str, Carrier] = {
    # Load balancers and doors from outside
    "aws_lb": _LOAD_BALANCER,
    "aws_alb": _LOAD_BALANCER,
    "aws_elb": carrier(
        Kind.LOAD_BALANCER,
        "elb",
        "security_groups",
        "subnets",
        facing=Facing.PUBLIC,
        internal="internal",
        fallback=Fallback(within="subnets"),
    ),
    "aws_ec2_client_vpn_endpoint": carrier(Kind.VPN, "vpn", "security_group_ids", facing=Facing.PUBLIC),
    "aws_verifiedaccess_endpoint": carrier(Kind.VPN, "verified-access", "security_group_ids", facing=Facing.PUBLIC),
    # Instances and what they are launched from
    "aws_instance": carrier(
        Kind.INSTANCE,
        "ec2",
        "vpc_security_group_ids security_groups",
        "subnet_id",
        facing=Facing.UNKNOWN,
        public="associate_public_ip_address",
        fallback=Fallback(unless=("launch_template", "network_interface", "primary_network_interface")),
    ),
    "aws_spot_instance_request": carrier(
        Kind.INSTANCE,
        "ec2",
        "vpc_security_group_ids security_groups",
        "subnet_id",
        facing=Facing.UNKNOWN,
        public="associate_public_ip_address",
    ),
    "aws_launch_template": carrier(
        Kind.INSTANCE,
        "ec2",
        "vpc_security_group_ids security_group_names network_interfaces.security_groups",
        "network_interfaces.subnet_id",
        facing=Facing.UNKNOWN,
        public="network_interfaces.associate_public_ip_address",
    ),
    "aws_launch_configuration": carrier(
        Kind.INSTANCE, "ec2", "security_groups", facing=Facing.UNKNOWN, public="associate_public_ip_address"
    ),
    "aws_spot_fleet_request": carrier(
        Kind.INSTANCE,
        "ec2",
        "launch_specification.vpc_security_group_ids",
        "launch_specification.subnet_id",
        facing=Facing.UNKNOWN,
        public="launch_specification.associate_public_ip_address",
    ),
    "aws_network_interface": carrier(
        Kind.INTERFACE, "ec2", "security_groups", "subnet_id", facing=Facing.UNKNOWN, fallback=Fallback()
    ),
    "aws_imagebuilder_infrastructure_configuration": carrier(
        Kind.INSTANCE, "image-builder", "security_group_ids", "subnet_id", facing=Facing.UNKNOWN
    ),
    "aws_drs_replication_configuration_template": carrier(
        Kind.INSTANCE, "drs", "replication_servers_security_groups_ids", facing=Facing.UNKNOWN
    ),
    # Containers and functions
    "aws_ecs_service": carrier(
        Kind.TASK,
        "ecs",
        _ECS,
        "network_configuration.subnets",
        public="network_configuration.assign_public_ip",
        fallback=Fallback(within="network_configuration"),
    ),
    "aws_ecs_task_set": carrier(
        Kind.TASK, "ecs", _ECS, "network_configuration.subnets", public="network_configuration.assign_public_ip"
    ),
    "aws_ecs_express_gateway_service": carrier(
        Kind.TASK, "ecs", _ECS, "network_configuration.subnets", facing=Facing.UNKNOWN
    ),
    "aws_ecs_capacity_provider": carrier(
        Kind.INSTANCE,
        "ecs",
        f"managed_instances_provider.instance_launch_template.{_ECS}",
        "managed_instances_provider.instance_launch_template.network_configuration.subnets",
        facing=Facing.UNKNOWN,
    ),
    "aws_cloudwatch_event_target": carrier(
        Kind.TASK,
        "ecs",
        f"ecs_target.{_ECS}",
        "ecs_target.network_configuration.subnets",
        public="ecs_target.network_configuration.assign_public_ip",
    ),
    "aws_scheduler_schedule": carrier(
        Kind.TASK,
        "ecs",
        f"target.ecs_parameters.{_ECS}",
        "target.ecs_parameters.network_configuration.subnets",
        public="target.ecs_parameters.network_configuration.assign_public_ip",
    ),
    "aws_pipes_pipe": carrier(
        Kind.TASK,
        "pipes",
        "source_parameters.self_managed_kafka_parameters.vpc.security_groups "
        "target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration.security_groups",
        public="target_parameters.ecs_task_parameters.network_configuration.aws_vpc_configuration.assign_public_ip",
    ),
    "aws_eks_cluster": carrier(Kind.CLUSTER, "eks", _VPC, "vpc_config.subnet_ids"),
    "aws_lambda_function": carrier(Kind.FUNCTION, "lambda", _VPC, "vpc_config.subnet_ids"),
    "aws_lambda_capacity_provider": carrier(Kind.INSTANCE, "lambda", _VPC, "vpc_config.subnet_ids"),
    "aws_synthetics_canary": carrier(Kind.FUNCTION, "synthetics", _VPC, "vpc_config.subnet_ids"),
    "aws_emr_cluster": carrier(
        Kind.CLUSTER,
        "emr",
        "ec2_attributes.additional_master_security_groups ec2_attributes.additional_slave_security_groups "
        "ec2_attributes.emr_managed_master_security_group ec2_attributes.emr_managed_slave_security_group "
        "ec2_attributes.service_access_security_group",
        "ec2_attributes.subnet_id",
        facing=Facing.UNKNOWN,
    ),
    "aws_emr_studio": carrier(Kind.JOB, "emr", "engine_security_group_id workspace_security_group_id", "subnet_ids"),
    "aws_emrserverless_application": carrier(
        Kind.JOB, "emr", "network_configuration.security_group_ids", "network_configuration.subnet_ids"
    ),
    "aws_finspace_kx_cluster": carrier(Kind.CLUSTER, "finspace", "vpc_configuration.security_group_ids"),
    "aws_m2_environment": carrier(Kind.CLUSTER, "m2", "security_group_ids", "subnet_ids", facing=Facing.UNKNOWN),
    "aws_mwaa_environment": carrier(
        Kind.CLUSTER, "mwaa", "network_configuration.security_group_ids", "network_configuration.subnet_ids"
    ),
    # Builds, training, batches
    "aws_batch_compute_environment": carrier(
        Kind.JOB,
        "batch",
        "compute_resources.security_group_ids",
        "compute_resources.subnets",
        facing=Facing.UNKNOWN,
    ),
    "aws_bedrock_custom_model": carrier(Kind.JOB, "bedrock", _VPC, "vpc_config.subnet_ids"),
    "aws_codebuild_fleet": carrier(Kind.JOB, "codebuild", _VPC, "vpc_config.subnets"),
    "aws_codebuild_project": carrier(
        Kind.JOB, "codebuild", f"{_VPC} environment.docker_server.security_group_ids", "vpc_config.subnets"
    ),
    "aws_comprehend_document_classifier": carrier(Kind.JOB, "comprehend", _VPC, "vpc_config.subnets"),
    "aws_comprehend_entity_recognizer": carrier(Kind.JOB, "comprehend", _VPC, "vpc_config.subnets"),
    "aws_devicefarm_test_grid_project": carrier(Kind.JOB, "device-farm", _VPC, "vpc_config.subnet_ids"),
    "aws_glue_connection": carrier(
        Kind.JOB,
        "glue",
        "physical_connection_requirements.security_group_id_list",
        "physical_connection_requirements.subnet_id",
    ),
    "aws_glue_dev_endpoint": carrier(Kind.JOB, "glue", "security_group_ids", "subnet_id", facing=Facing.UNKNOWN),
    "aws_kinesisanalyticsv2_application": carrier(
        Kind.JOB,
        "kinesis-analytics",
        "application_configuration.vpc_configuration.security_group_ids",
        "application_configuration.vpc_configuration.subnet_ids",
    ),
    "aws_mskconnect_connector": carrier(
        Kind.JOB, "msk-connect", "kafka_cluster.apache_kafka_cluster.vpc.security_groups"
    ),
    "aws_sagemaker_data_quality_job_definition": carrier(Kind.JOB, "sagemaker", f"network_config.{_SAGEMAKER_VPC}"),
    "aws_sagemaker_domain": carrier(
        Kind.JOB,
        "sagemaker",
        "default_space_settings.security_groups default_user_settings.security_groups "
        "domain_settings.security_group_ids",
        "subnet_ids",
    ),
    "aws_sagemaker_hyper_parameter_tuning_job": carrier(
        Kind.JOB,
        "sagemaker",
        f"training_job_definition.{_SAGEMAKER_VPC} training_job_definitions.{_SAGEMAKER_VPC}",
    ),
    "aws_sagemaker_labeling_job": carrier(
        Kind.JOB,
        "sagemaker",
        f"labeling_job_algorithms_config.labeling_job_resource_config.{_SAGEMAKER_VPC}",
    ),
    "aws_sagemaker_model": carrier(Kind.JOB, "sagemaker", _SAGEMAKER_VPC, "vpc_config.subnets"),
    "aws_sagemaker_monitoring_schedule": carrier(
        Kind.JOB,
        "sagemaker",
        f"monitoring_schedule_config.monitoring_job_definition.network_config.{_SAGEMAKER_VPC}",
    ),
    "aws_sagemaker_notebook_instance": carrier(Kind.JOB, "sagemaker", "security_groups", "subnet_id"),
    "aws_sagemaker_training_job": carrier(Kind.JOB, "sagemaker", _SAGEMAKER_VPC),
    "aws_sagemaker_user_profile": carrier(Kind.JOB, "sagemaker", "user_settings.security_groups"),
    "aws_sagemaker_workforce": carrier(Kind.JOB, "sagemaker", "workforce_vpc_config.security_group_ids"),
    "aws_bedrockagentcore_agent_runtime": carrier(
        Kind.FUNCTION,
        "bedrock-agentcore",
        f"network_configuration.network_mode_config.security_groups {_AGENT_AUTHORIZER}",
    ),
    "aws_bedrockagentcore_browser": carrier(
        Kind.JOB, "bedrock-agentcore", "network_configuration.vpc_config.security_groups"
    ),
    "aws_bedrockagentcore_code_interpreter": carrier(
        Kind.JOB, "bedrock-agentcore", "network_configuration.vpc_config.security_groups"
    ),
    "aws_bedrockagentcore_harness": carrier(
        Kind.FUNCTION,
        "bedrock-agentcore",
        "environment.agentcore_runtime_environment.network_configuration.network_mode_config.security_groups "
        f"{_AGENT_AUTHORIZER}",
    ),
    "aws_bedrockagentcore_gateway": carrier(Kind.CONNECTOR, "bedrock-agentcore", _AGENT_AUTHORIZER),
    "aws_bedrockagentcore_gateway_target": carrier(Kind.CONNECTOR, "bedrock-agentcore", f"private_endpoint.{_MANAGED}"),
    "aws_bedrockagentcore_registry": carrier(Kind.CONNECTOR, "bedrock-agentcore", _AGENT_AUTHORIZER),
    "aws_medialive_channel": carrier(
        Kind.JOB, "medialive", "vpc.security_group_ids", "vpc.subnet_ids", facing=Facing.UNKNOWN
    ),
    "aws_medialive_input": carrier(
        Kind.JOB, "medialive", "vpc.security_group_ids", "vpc.subnet_ids", facing=Facing.UNKNOWN
    ),
    # Desktops
    "aws_appstream_fleet": carrier(
        Kind.DESKTOP, "appstream", _VPC, "vpc_config.subnet_ids", public="enable_default_internet_access"
    ),
    "aws_appstream_image_builder": carrier(
        Kind.DESKTOP, "appstream", _VPC, "vpc_config.subnet_ids", public="enable_default_internet_access"
    ),
    "aws_workspaces_directory": carrier(
        Kind.DESKTOP,
        "workspaces",
        "workspace_creation_properties.custom_security_group_id",
        "subnet_ids",
        facing=Facing.UNKNOWN,
    ),
    "aws_workspacesweb_network_settings": carrier(Kind.DESKTOP, "workspaces-web", "security_group_ids", "subnet_ids"),
    # Databases
    "aws_db_instance": carrier(
        Kind.DATABASE,
        "rds",
        "vpc_security_group_ids",
        subnets="db_subnet_group_name",
        public="publicly_accessible",
        fallback=Fallback(unless=("replicate_source_db", "restore_to_point_in_time")),
    ),
    "aws_db_option_group": carrier(
        Kind.DATABASE, "rds", "option.vpc_security_group_memberships", facing=Facing.UNKNOWN
    ),
    "aws_db_proxy": carrier(Kind.DATABASE, "rds", "vpc_security_group_ids", "vpc_subnet_ids"),
    "aws_db_proxy_endpoint": carrier(Kind.DATABASE, "rds", "vpc_security_group_ids", "vpc_subnet_ids"),
    "aws_rds_cluster": carrier(
        Kind.DATABASE,
        "rds",
        "vpc_security_group_ids",
        subnets="db_subnet_group_name",
        facing=Facing.UNKNOWN,
        fallback=Fallback(unless=("replication_source_identifier", "restore_to_point_in_time")),
    ),
    "aws_docdb_cluster": carrier(
        Kind.DATABASE,
        "docdb",
        "vpc_security_group_ids",
        fallback=Fallback(unless=("restore_to_point_in_time",)),
        subnets="db_subnet_group_name",
    ),
    "aws_docdbelastic_cluster": carrier(Kind.DATABASE, "docdb", "vpc_security_group_ids", "subnet_ids"),
    "aws_neptune_cluster": carrier(
        Kind.DATABASE,
        "neptune",
        "vpc_security_group_ids",
        facing=Facing.UNKNOWN,
        fallback=Fallback(),
        subnets="neptune_subnet_group_name",
    ),
    "aws_neptunegraph_private_graph_endpoint": carrier(
        Kind.DATABASE, "neptune", "vpc_security_group_ids", "subnet_ids"
    ),
    "aws_redshift_cluster": carrier(
        Kind.DATABASE,
        "redshift",
        "vpc_security_group_ids",
        subnets="cluster_subnet_group_name",
        facing=Facing.UNKNOWN,
        public="publicly_accessible",
        fallback=Fallback(within="cluster_subnet_group_name"),
    ),
    "aws_redshift_endpoint_access": carrier(Kind.DATABASE, "redshift", "vpc_security_group_ids"),
    "aws_redshiftserverless_endpoint_access": carrier(
        Kind.DATABASE, "redshift", "vpc_security_group_ids", "subnet_ids"
    ),
    "aws_redshiftserverless_workgroup": carrier(
        Kind.DATABASE,
        "redshift",
        "security_group_ids",
        "subnet_ids",
        facing=Facing.UNKNOWN,
        public="publicly_accessible",
    ),
    "aws_timestreaminfluxdb_db_cluster": carrier(
        Kind.DATABASE, "timestream", "vpc_security_group_ids", "vpc_subnet_ids", public="publicly_accessible"
    ),
    "aws_timestreaminfluxdb_db_instance": carrier(
        Kind.DATABASE, "timestream", "vpc_security_group_ids", "vpc_subnet_ids", public="publicly_accessible"
    ),
    # Caches and search
    "aws_dax_cluster": carrier(Kind.CACHE, "dax", "security_group_ids", subnets="subnet_group_name"),
    "aws_elasticache_cluster": carrier(
        Kind.CACHE,
        "elasticache",
        "security_group_ids",
        fallback=Fallback(unless=("replication_group_id",)),
        subnets="subnet_group_name",
    ),
    "aws_elasticache_replication_group": carrier(
        Kind.CACHE,
        "elasticache",
        "security_group_ids",
        subnets="subnet_group_name",
        fallback=Fallback(unless=("global_replication_group_id", "security_group_names")),
    ),
    "aws_elasticache_serverless_cache": carrier(
        Kind.CACHE, "elasticache", "security_group_ids", "subnet_ids", fallback=Fallback()
    ),
    "aws_memorydb_cluster": carrier(Kind.CACHE, "memorydb", "security_group_ids", subnets="subnet_group_name"),
    "aws_elasticsearch_domain": carrier(
        Kind.SEARCH,
        "opensearch",
        "vpc_options.security_group_ids",
        "vpc_options.subnet_ids",
        fallback=Fallback(within="vpc_options"),
    ),
    "aws_elasticsearch_vpc_endpoint": carrier(
        Kind.SEARCH, "opensearch", "vpc_options.security_group_ids", "vpc_options.subnet_ids"
    ),
    "aws_opensearch_domain": carrier(
        Kind.SEARCH,
        "opensearch",
        "vpc_options.security_group_ids",
        "vpc_options.subnet_ids",
        fallback=Fallback(within="vpc_options"),
    ),
    "aws_opensearch_vpc_endpoint": carrier(
        Kind.SEARCH, "opensearch", "vpc_options.security_group_ids", "vpc_options.subnet_ids"
    ),
    "aws_opensearchserverless_vpc_endpoint": carrier(Kind.SEARCH, "opensearch", "security_group_ids", "subnet_ids"),
    # Queues and streams
    "aws_mq_broker": carrier(Kind.QUEUE, "mq", "security_groups", "subnet_ids", public="publicly_accessible"),
    "aws_msk_cluster": carrier(
        Kind.QUEUE,
        "msk",
        "broker_node_group_info.security_groups",
        "broker_node_group_info.client_subnets",
        public="broker_node_group_info.connectivity_info.public_access.type",
    ),
    "aws_msk_serverless_cluster": carrier(Kind.QUEUE, "msk", _VPC, "vpc_config.subnet_ids"),
    "aws_msk_vpc_connection": carrier(Kind.QUEUE, "msk", "security_groups", "client_subnets"),
    # File systems
    "aws_efs_mount_target": carrier(Kind.FILE_SYSTEM, "efs", "security_groups", "subnet_id", fallback=Fallback()),
    "aws_s3files_mount_target": carrier(Kind.FILE_SYSTEM, "s3-files", "security_groups", "subnet_id"),
    "aws_fsx_file_cache": carrier(Kind.FILE_SYSTEM, "fsx", "security_group_ids", "subnet_ids"),
    "aws_fsx_lustre_file_system": carrier(Kind.FILE_SYSTEM, "fsx", "security_group_ids", "subnet_ids"),
    "aws_fsx_ontap_file_system": carrier(Kind.FILE_SYSTEM, "fsx", "security_group_ids", "subnet_ids"),
    "aws_fsx_openzfs_file_system": carrier(Kind.FILE_SYSTEM, "fsx", "security_group_ids", "subnet_ids"),
    "aws_fsx_windows_file_system": carrier(Kind.FILE_SYSTEM, "fsx", "security_group_ids", "subnet_ids"),
    "aws_transfer_server": carrier(
        Kind.FILE_SYSTEM,
        "transfer",
        "endpoint_details.security_group_ids",
        "endpoint_details.subnet_ids",
        tier=Tier.EDGE,
        facing=Facing.UNKNOWN,
    ),
    "aws_transfer_web_app": carrier(
        Kind.FILE_SYSTEM,
        "transfer",
        "endpoint_details.vpc.security_group_ids",
        "endpoint_details.vpc.subnet_ids",
        tier=Tier.EDGE,
        facing=Facing.UNKNOWN,
    ),
    # Doors of services inside the VPC
    "aws_vpc_endpoint": carrier(
        Kind.ENDPOINT,
        "vpc-endpoint",
        "security_group_ids",
        "subnet_ids",
        fallback=Fallback(only=("vpc_endpoint_type", ("Interface",))),
    ),
    "aws_ec2_instance_connect_endpoint": carrier(
        Kind.ENDPOINT, "instance-connect", "security_group_ids", "subnet_id", fallback=Fallback()
    ),
    "aws_route53_resolver_endpoint": carrier(Kind.ENDPOINT, "resolver", "security_group_ids", "ip_address.subnet_id"),
    "aws_s3outposts_endpoint": carrier(Kind.ENDPOINT, "s3-outposts", "security_group_id", "subnet_id"),
    "aws_vpclattice_resource_gateway": carrier(Kind.ENDPOINT, "lattice", "security_group_ids", "subnet_ids"),
    "aws_vpclattice_service_network_vpc_association": carrier(Kind.ENDPOINT, "lattice", "security_group_ids"),
    "aws_apigatewayv2_vpc_link": carrier(Kind.CONNECTOR, "api-gateway", "security_group_ids", "subnet_ids"),
    "aws_apprunner_vpc_connector": carrier(Kind.CONNECTOR, "app-runner", "security_groups", "subnets"),
    "aws_codeconnections_host": carrier(
        Kind.CONNECTOR, "codeconnections", "vpc_configuration.security_group_ids", "vpc_configuration.subnet_ids"
    ),
    "aws_codestarconnections_host": carrier(
        Kind.CONNECTOR, "codeconnections", "vpc_configuration.security_group_ids", "vpc_configuration.subnet_ids"
    ),
    "aws_datasync_agent": carrier(Kind.CONNECTOR, "datasync", "security_group_arns"),
    "aws_datasync_location_efs": carrier(Kind.CONNECTOR, "datasync", "ec2_config.security_group_arns"),
    "aws_datasync_location_fsx_lustre_file_system": carrier(Kind.CONNECTOR, "datasync", "security_group_arns"),
    "aws_datasync_location_fsx_ontap_file_system": carrier(Kind.CONNECTOR, "datasync", "security_group_arns"),
    "aws_datasync_location_fsx_openzfs_file_system": carrier(Kind.CONNECTOR, "datasync", "security_group_arns"),
    "aws_datasync_location_fsx_windows_file_system": carrier(Kind.CONNECTOR, "datasync", "security_group_arns"),
    "aws_dms_replication_config": carrier(
        Kind.CONNECTOR,
        "dms",
        "compute_config.vpc_security_group_ids",
        subnets="compute_config.replication_subnet_group_id",
    ),
    "aws_dms_replication_instance": carrier(
        Kind.CONNECTOR,
        "dms",
        "vpc_security_group_ids",
        facing=Facing.UNKNOWN,
        public="publicly_accessible",
        subnets="replication_subnet_group_id",
    ),
    "aws_grafana_workspace": carrier(
        Kind.CONNECTOR, "grafana", "vpc_configuration.security_group_ids", "vpc_configuration.subnet_ids"
    ),
    "aws_iot_topic_rule_destination": carrier(
        Kind.CONNECTOR, "iot", "vpc_configuration.security_groups", "vpc_configuration.subnet_ids"
    ),
    "aws_kinesis_firehose_delivery_stream": carrier(
        Kind.CONNECTOR,
        "firehose",
        f"elasticsearch_configuration.{_VPC} opensearch_configuration.{_VPC} opensearchserverless_configuration.{_VPC}",
    ),
    "aws_lambdacore_network_connector": carrier(
        Kind.CONNECTOR, "lambda", "configuration.vpc_egress_configuration.security_group_ids"
    ),
    "aws_msk_replicator": carrier(Kind.CONNECTOR, "msk", "kafka_cluster.vpc_config.security_groups_ids"),
    "aws_osis_pipeline": carrier(
        Kind.CONNECTOR, "opensearch-ingestion", "vpc_options.security_group_ids", "vpc_options.subnet_ids"
    ),
    "aws_osis_pipeline_endpoint": carrier(
        Kind.CONNECTOR, "opensearch-ingestion", "vpc_options.security_group_ids", "vpc_options.subnet_ids"
    ),
    "aws_prometheus_scraper": carrier(
        Kind.CONNECTOR, "prometheus", "source.eks.security_group_ids source.vpc.security_group_ids"
    ),
    "aws_quicksight_vpc_connection": carrier(Kind.CONNECTOR, "quicksight", "security_group_ids", "subnet_ids"),
}
"""The resource types that carry groups."""
