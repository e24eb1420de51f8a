import { Code } from "aws-cdk-lib/aws-lambda";
import { type SynthesisedStack, synthesise, type TemplateResource } from "../../../infra/synthesise.ts";

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape; tests read it and fail where it differs.
export type Json = any;

/** What each function may do, and the variables that it learns it by: the whole table of its area, and nothing else. */
export type Grants = Readonly<Record<string, { readonly variables: string; readonly calls: readonly string[] }>>;

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Json;
  readonly whole: TemplateResource;
}

/** Both stacks as one list of resources, with references across the stacks resolved. */
export class SystemTemplate {
  readonly resources: readonly Resource[];
  /** Outputs meant for people: name → the logical id of what they point to. */
  readonly outputs: ReadonlyMap<string, string>;
  private readonly exported = new Map<unknown, Json>();

  constructor(stacks: readonly SynthesisedStack[]) {
    this.resources = stacks.flatMap(({ template }) =>
      Object.entries(template.Resources).map(([id, whole]) => ({
        id,
        type: whole.Type,
        properties: whole.Properties ?? {},
        whole,
      })),
    );
    const outputs = stacks.flatMap(({ template }) => Object.entries(template.Outputs ?? {}));
    for (const [, { Value, Export }] of outputs) if (Export) this.exported.set(Export.Name, Value);
    this.outputs = new Map(
      outputs.filter(([, { Export }]) => !Export).map(([name, { Value }]) => [name, this.target(Value)]),
    );
  }

  of(type: string): Resource[] {
    const found = this.resources.filter((resource) => resource.type === type);
    if (found.length === 0) throw new Error(`the template has no ${type}`);
    return found;
  }

  byId(id: string): Resource {
    const found = this.resources.find((resource) => resource.id === id);
    if (!found) throw new Error(`the template has no ${id}`);
    return found;
  }

  /** The logical id that a Ref, Fn::GetAtt or Fn::ImportValue of one leads to; index paths are kept at its end. */
  target(value: Json): string {
    if (typeof value === "string") return value;
    if ("Ref" in value) return value.Ref;
    if ("Fn::GetAtt" in value) return value["Fn::GetAtt"][0];
    if ("Fn::ImportValue" in value) return this.target(this.exported.get(value["Fn::ImportValue"]));
    if ("Fn::Join" in value) return value["Fn::Join"][1].map((part: Json) => this.target(part)).join("");
    throw new Error(`not a reference: ${JSON.stringify(value)}`);
  }

  /** The name under which the outputs know what a reference leads to, or its logical id. */
  named(value: Json): string {
    const [id, ...path] = this.target(value).split("/");
    const output = [...this.outputs].find(([, target]) => target === id);
    return [output?.[0] ?? id, ...path].join("/");
  }

  functions(): Map<string, Resource> {
    return new Map(
      this.of("AWS::Lambda::Function").map((fn) => [fn.properties.Environment.Variables.POWERTOOLS_SERVICE_NAME, fn]),
    );
  }

  /** Statements of all policies attached to a role. */
  statementsOf(roleId: string): Json[] {
    return this.of("AWS::IAM::Policy")
      .filter(({ properties }) => properties.Roles.some((role: Json) => this.target(role) === roleId))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  }
}

/** One function's code for all: what a bundle holds is no matter of the template's. */
export const inlineCode = (): Code => Code.fromInline("export const handler = () => {};");

export const systemTemplate = async (
  nag: boolean,
  context: Readonly<Record<string, unknown>> = {},
): Promise<SystemTemplate> => new SystemTemplate(await synthesise({ nag, code: inlineCode, context }));

export const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value]);
