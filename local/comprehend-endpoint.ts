import { lambdaFunction } from "./template/kinds/functions.ts";
import type { Declarations } from "./template/read.ts";
import { TemplateRefused } from "./template/world.ts";

/**
 * There is no Comprehend on one machine. Where the switch is on, somebody has to say who answers instead.
 * @throws TemplateRefused where functions are told to ask and no endpoint is known
 */
export function checkComprehend(declarations: Declarations, endpoint: string | undefined): void {
  if (endpoint !== undefined) return;
  for (const { properties } of declarations.of(lambdaFunction)) {
    if (properties.Environment?.Variables.COMPREHEND !== "on") continue;
    throw new TemplateRefused(
      'the switch "comprehend" is on, but there is no Amazon Comprehend on one machine: set AWS_ENDPOINT_URL_COMPREHEND to an endpoint that answers like it, or switch it off (cdk.json, or -c comprehend=off)',
    );
  }
}
