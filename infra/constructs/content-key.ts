import { RemovalPolicy } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

/**
 * The key that wraps each tenant's data key. Functions unwrap with it and never wrap: a tenant's data key is made once,
 * by whoever creates the tenant. Kept when its stack goes, since without it no sealed text can be read again.
 */
export class ContentKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, "Key", {
      description: "Touchstone: wraps tenants' data keys, which seal people's text.",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Lets the function unwrap tenants' data keys and tells it the key. */
  opensFor(fn: ServiceFunction): void {
    fn.allow(["kms:Decrypt"], [this.key.keyArn]);
    fn.tell("KEY_CONTENT", this.key.keyArn);
  }
}
