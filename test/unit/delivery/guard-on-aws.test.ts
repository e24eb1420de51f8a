import { expect, it } from "vitest";
import { systemTemplate } from "../infra/read-template.ts";

// Whoever could set this variable on AWS could as well put other code there: that no template has it is all there is to see.
it.each([{}, { mailFrom: "alerts@example.com" }])(
  "no function on AWS lets an inner address through (%o)",
  async (context) => {
    const functions = (await systemTemplate(false, context)).functions();
    const variables = [...functions].map(([name, { properties }]) => [
      name,
      Object.keys(properties.Environment.Variables),
    ]);
    expect(variables.length).toBeGreaterThan(0);
    expect(Object.fromEntries(variables)).toHaveProperty("deliver", expect.arrayContaining(["QUEUE_RETRIES"]));
    for (const [, names] of variables) expect(names).not.toContain("DELIVERY_HOSTS");
  },
);
