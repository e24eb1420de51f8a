import * as z from "zod";
import { opaqueId } from "./id.ts";
import { languageTag } from "./item.ts";
import { labelName } from "./label.ts";
import { type Member, skill } from "./member.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Where a case waits that no rule claims and for which the policy names no queue. */
export const DEFAULT_QUEUE = "default";
/** Where escalated cases wait for seniors and leads. */
export const ESCALATIONS = "escalations";

const some = <S extends z.ZodType>(schema: S) => z.array(schema).min(1, "at least one").max(40);

/** All that it names has to fit; of each list one is enough. Reach is no field here and cannot become one. */
export const routingRule = z
  .strictObject({
    kinds: some(z.enum(["post", "review", "audience"])).optional(),
    labels: some(labelName).optional(),
    languages: some(languageTag).optional(),
    brands: some(opaqueId).optional(),
    productLines: some(verdict.shape.productLine.unwrap()).optional(),
  })
  .refine(
    (rule) => Object.keys(rule).length > 0,
    "name at least one of kinds, labels, languages, brands, productLines",
  );
export type RoutingRule = z.infer<typeof routingRule>;

/** A queue: which cases it takes, and the skill that its cases need. */
export const queue = z
  .strictObject({
    name: verdict.shape.queue,
    rules: z.array(routingRule).max(20),
    skill: skill.optional(),
  })
  .meta({ id: "Queue" });
export type Queue = z.infer<typeof queue>;

/** A tenant's queues in the order in which their rules are asked; `version` grows with every change. */
export const routing = z
  .strictObject({ version: z.int().min(0), queues: z.array(queue).max(50) })
  .refine(
    ({ queues }) => new Set(queues.map(({ name }) => name)).size === queues.length,
    "every queue once: put its rules together",
  )
  .refine(
    ({ queues }) => queues.every(({ name }) => name !== ESCALATIONS),
    `${ESCALATIONS} is filled by escalation only`,
  );
export type Routing = z.infer<typeof routing>;

export const NO_ROUTING: Routing = { version: 0, queues: [] };

type Routed = Pick<Verdict, "ref" | "labels" | "language" | "brandIds" | "productLine" | "queue">;

/** A language fits by its first part: `pt-BR` is `pt`. */
const primary = (language: string): string => language.split("-")[0]?.toLowerCase() ?? "";

/** Does one who knows these languages understand this one? Nobody can be asked to know an unknown one. */
export const speaks = (languages: readonly string[], language: string | undefined): boolean =>
  language === undefined || languages.some((known) => primary(known) === primary(language));

function fits(rule: RoutingRule, made: Routed): boolean {
  const { kinds, labels, languages, brands, productLines } = rule;
  if (kinds && !kinds.some((kind) => kind === made.ref.kind)) return false;
  if (labels && !made.labels.some(({ label }) => labels.includes(label))) return false;
  if (languages && (made.language === undefined || !speaks(languages, made.language))) return false;
  if (brands && !made.brandIds.some((brand) => brands.includes(brand))) return false;
  return !productLines || (made.productLine !== undefined && productLines.includes(made.productLine));
}

/** The queue of a flagged verdict: of the first queue with a rule that fits, else as the policy said. */
export function queueOf({ queues }: Routing, made: Routed): string {
  return queues.find(({ rules }) => rules.some((rule) => fits(rule, made)))?.name ?? made.queue;
}

/** The queues from which `next` may take a case for someone: those they work, as far as their skills and role open them. */
export function queuesFor({ queues }: Routing, who: Member | undefined, isSenior: boolean): readonly string[] {
  const skills = who?.skills ?? [];
  const open = queues.filter(({ skill: needed }) => needed === undefined || skills.includes(needed));
  const closed = queues.filter((one) => !open.includes(one)).map(({ name }) => name);
  const named = who && who.queues.length > 0 ? who.queues : [DEFAULT_QUEUE, ...open.map(({ name }) => name)];
  const mine = named.filter((name) => !closed.includes(name) && name !== ESCALATIONS);
  return [...new Set([...mine, ...(isSenior ? [ESCALATIONS] : [])])];
}
