import { TemplateRefused } from "./world.ts";

/** What an intrinsic function can look up while one resource of one stack is being read. */
export interface Scope {
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  importValue(exportName: string): unknown;
  stackOutput(stack: string, output: string): unknown;
}

/**
 * Replaces every CloudFormation intrinsic inside `value` by what it stands for.
 * @param where names the place for errors: stack, logical id, property
 * @throws TemplateRefused on an intrinsic that is not known here
 */
export function resolve(value: unknown, scope: Scope, where: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => resolve(item, scope, `${where}[${index}]`));
    return items.filter((item) => item !== noValue);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only !== undefined && entries.length === 1 && (only[0] === "Ref" || only[0].startsWith("Fn::"))) {
    return resolveFunction(only[0], only[1], scope, where);
  }
  const resolved: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    const answer = resolve(item, scope, `${where}.${key}`);
    if (answer !== noValue) resolved[key] = answer;
  }
  return resolved;
}

/** `AWS::NoValue`: the property that holds it is as good as absent. */
const noValue = Symbol("AWS::NoValue");

function resolveFunction(name: string, argument: unknown, scope: Scope, where: string): unknown {
  switch (name) {
    case "Ref":
      return argument === "AWS::NoValue" ? noValue : scope.ref(text(argument, name, where));
    case "Fn::GetAtt": {
      const [logicalId, ...path] = typeof argument === "string" ? argument.split(".") : list(argument, name, where);
      return scope.attribute(text(logicalId, name, where), path.join("."));
    }
    case "Fn::Join": {
      const [separator, parts] = list(argument, name, where);
      return list(resolve(parts, scope, where), name, where)
        .map((part) => text(part, name, where))
        .join(text(separator, name, where));
    }
    case "Fn::Split": {
      const [separator, whole] = list(argument, name, where);
      return text(resolve(whole, scope, where), name, where).split(text(separator, name, where));
    }
    case "Fn::Select": {
      const [index, items] = list(argument, name, where);
      const chosen = list(resolve(items, scope, where), name, where)[Number(index)];
      if (chosen === undefined) throw new TemplateRefused(`${where}: Fn::Select has no item ${String(index)}`);
      return chosen;
    }
    case "Fn::Sub":
      return substitute(argument, scope, where);
    case "Fn::ImportValue":
      return scope.importValue(text(resolve(argument, scope, where), name, where));
    case "Fn::GetStackOutput": {
      // Of whatever region: all of them are this machine.
      const { StackName, OutputName } = argument as Record<string, unknown>;
      return scope.stackOutput(text(StackName, name, where), text(OutputName, name, where));
    }
    default:
      throw new TemplateRefused(`${where}: the intrinsic ${name} is not known to the embedded cloud`);
  }
}

function substitute(argument: unknown, scope: Scope, where: string): string {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = new Map(Object.entries(variables as Record<string, unknown>));
  return text(pattern, "Fn::Sub", where).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (own.has(name)) return text(resolve(own.get(name), scope, where), "Fn::Sub", where);
    const [logicalId = "", ...path] = name.split(".");
    return path.length === 0 ? scope.ref(logicalId) : scope.attribute(logicalId, path.join("."));
  });
}

function text(value: unknown, name: string, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new TemplateRefused(`${where}: ${name} needs text`);
}

function list(value: unknown, name: string, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new TemplateRefused(`${where}: ${name} needs a list`);
}
