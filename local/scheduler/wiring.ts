import { judge, readPolicy } from "../gate/policy.ts";
import { policiesOf } from "../gate/roles.ts";
import type { LocalFunction } from "../lambda/function.ts";
import { schedule } from "../template/kinds/api.ts";
import type { Declarations } from "../template/read.ts";
import { TemplateRefused } from "../template/world.ts";
import type { SchedulePlan } from "./scheduler.ts";

/**
 * The stacks' schedules, each starting one function with the input that the template says.
 * @throws TemplateRefused where a schedule's role may not invoke its target
 */
export function schedulePlans(
  declarations: Declarations,
  functionOf: (arn: string, asker: string) => LocalFunction,
): SchedulePlan[] {
  return declarations.of(schedule).map(({ stack, logicalId, name, properties }): SchedulePlan => {
    const { Target } = properties;
    const where = `${stack}/${logicalId}`;
    const statements = policiesOf(declarations, Target.RoleArn).flatMap((one) => readPolicy(one.document, one.where));
    if (judge(statements, "lambda:InvokeFunction", Target.Arn) !== "allowed") {
      throw new TemplateRefused(`${where}: its role does not grant lambda:InvokeFunction on its target`);
    }
    const target = functionOf(Target.Arn, where);
    return {
      name,
      expression: properties.ScheduleExpression,
      timezone: properties.ScheduleExpressionTimezone,
      enabled: properties.State === "ENABLED",
      run: async () => {
        await target.invoke(Target.Input ?? "{}");
      },
    };
  });
}
