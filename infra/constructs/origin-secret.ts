import { Validations } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { ORIGIN_SECRETS } from "../../shared/contracts/origin-header.ts";
import type { ServiceFunction } from "./service-function.ts";

const CHARACTERS = 48;

/**
 * What the edge shows the API. Two exist at any time: the one in use and the one that follows it, which the authoriser
 * takes as well. The context `originSecret` counts the turns: one more makes the following one the one in use, while
 * the authoriser that runs knows it already, so no request is refused meanwhile.
 */
export class OriginSecret extends Construct {
  /** A dynamic reference: the value itself is in no template. */
  readonly value: string;
  private readonly next: string;

  /** @throws Error where the context `originSecret` is no whole number from 1 */
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const turn = Number(this.node.tryGetContext("originSecret") ?? 1);
    if (!Number.isSafeInteger(turn) || turn < 1)
      throw new Error('the context "originSecret" is no whole number from 1 (cdk.json, or -c originSecret=2)');
    this.value = this.made(turn);
    this.next = this.made(turn + 1);
  }

  /** Tells the function which values to take. */
  demandedBy(fn: ServiceFunction): void {
    const [inUse, following] = ORIGIN_SECRETS;
    fn.tell(inUse, this.value);
    fn.tell(following, this.next);
  }

  private made(turn: number): string {
    const secret = new Secret(this, `Turn${turn}`, {
      description: "Touchstone: what CloudFront shows the API.",
      generateSecretString: { passwordLength: CHARACTERS, excludePunctuation: true },
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "CloudFront and the authoriser learn it when they are deployed, so turning it is a deployment (docs/deploying.md), not a schedule.",
    });
    // In the distribution's and the function's configuration on purpose: it only says which way a request came, who
    // may read those may deploy another one, and the authoriser needs no call to know it.
    return secret.secretValue.unsafeUnwrap();
  }
}
