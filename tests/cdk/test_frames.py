"""Stack frames in every form that the library records."""

from __future__ import annotations

import pytest

from sglint.cdk.frames import Frame, own_frames


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("new WebStack (/app/lib/web-stack.ts:10:16)", Frame("/app/lib/web-stack.ts", 10, 16)),
        ("__init__ (/app/app.py:26)", Frame("/app/app.py", 26)),
        ("<module> (/app/app.py:40)", Frame("/app/app.py", 40)),
        ("Object.<anonymous> (/app/app.ts:18:1)", Frame("/app/app.ts", 18, 1)),
        ("/app/app.js:3:7", Frame("/app/app.js", 3, 7)),
        ("    at new WebStack (/app/app.ts:10:16)", Frame("/app/app.ts", 10, 16)),
        ("async main (file:///app/my%20app.mjs:3:5)", Frame("/app/my app.mjs", 3, 5)),
        ("new Web (C:\\code\\app\\app.ts:4:9)", Frame("C:\\code\\app\\app.ts", 4, 9)),
        ("new Web (file:///C:/code/app.mjs:4:9)", Frame("C:/code/app.mjs", 4, 9)),
        ("__init__ (/app/copy (2)/app.py:26)", Frame("/app/copy (2)/app.py", 26)),
        ("__init__ (app.py:26)", Frame("app.py", 26)),
    ],
)
def test_a_frame_of_the_app(text: str, frame: Frame) -> None:
    assert list(own_frames([text])) == [frame]


@pytest.mark.parametrize(
    "text",
    [
        "new SecurityGroup (/app/node_modules/aws-cdk-lib/aws-ec2/lib/security-group.js:1:5992)",
        "__init__ (/app/.venv/lib/python3.11/site-packages/company_constructs/web.py:12)",
        "wrapper (/usr/lib/python3.11/contextlib.py:81)",
        "addIngressRule (C:\\app\\node_modules\\aws-cdk-lib\\aws-ec2\\lib\\security-group.js:1:1558)",
        "new Vpc (/var/cache/jsii-kernel-gMeQgo/node_modules/aws-cdk-lib/aws-ec2/lib/vpc.js:1:2)",
        "Kernel.create (/var/cache/tmptp7wkyby/lib/program.js:1:53537)",
        "process.processImmediate (node:internal/timers:483:21)",
        "node:internal/main/run_main_module:28:49",
        "<lambda> (<string>:1)",
        "Array.forEach (:)",
        "...aws-cdk-lib, jsii runtime, node internals...",
        ".../jsii/node_modules/aws-cdk-lib/aws-ec2/lib/vpc.js:1:287 in aws-cdk-lib...",
        "(no user code in 10 frames, use --stack-trace-limit to capture more)",
        "Run with '--debug' to include location info",
        "",
    ],
)
def test_not_a_frame_of_the_app(text: str) -> None:
    assert list(own_frames([text])) == []


def test_frames_keep_their_order() -> None:
    trace = ["...aws-cdk-lib...", "__init__ (/app/tier.py:10)", "__init__ (/app/app.py:27)"]
    assert [frame.line for frame in own_frames(trace)] == [10, 27]
