import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

export interface ServiceFunctionProps {
  /** The folder of functions/ that it runs. */
  readonly name: string;
  /** A folder (or inline text) that holds index.mjs, exporting `handler`. */
  readonly code: Code;
  readonly timeout: Duration;
  /** MB; processor share grows with it. */
  readonly memory?: number;
}

/**
 * A Lambda function with a log group and a role of its own. The role starts out with its own logs and traces only;
 * what else it may do is added by the constructs that it uses (`table.lets(fn, …)`, `queue.filledBy(fn)`, …).
 */
export class ServiceFunction extends Construct {
  readonly name: string;
  readonly timeout: Duration;
  readonly lambda: LambdaFunction;
  private readonly told = new Map<string, string>();

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.timeout = props.timeout;

    const logGroup = new LogGroup(this, "Logs", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    logGroup.grantWrite(role);

    this.lambda = new LambdaFunction(this, "Function", {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: props.code,
      memorySize: props.memory ?? 512,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.name,
        POWERTOOLS_METRICS_NAMESPACE: "Touchstone",
        LOG_LEVEL: "INFO",
      },
    });
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "xray:PutTraceSegments and xray:PutTelemetryRecords know no resources; active tracing needs both.",
    });
  }

  /** Grants exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }),
    );
  }

  /** Sets a variable of its environment; the same name cannot get two values. */
  tell(variable: string, value: string): void {
    const before = this.told.get(variable);
    if (before !== undefined && before !== value) {
      throw new Error(`${this.name} is bound to two different things that both want the variable ${variable}`);
    }
    this.told.set(variable, value);
    this.lambda.addEnvironment(variable, value);
  }
}
