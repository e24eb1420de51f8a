import { routes } from "../../shared/contracts/routes.ts";
import { callApi } from "../api/call-api.ts";
import { API_OPTIONS, type ApiOptions, connect } from "../api/connect.ts";
import { defineCommand, EXIT } from "../command.ts";
import { standingLine } from "../policy/policy-view.ts";
import { needVersion, VERSION_OPTION } from "../policy/version-option.ts";
import { print } from "../print.ts";

interface Asked extends ApiOptions {
  readonly id: string;
  readonly version: string | undefined;
  readonly json: boolean;
}

async function change(run: boolean, { id, version, json, ...api }: Asked): Promise<number> {
  const body = { version: needVersion(`policy shadow ${run ? "start" : "stop"}`, version), run };
  const made = await callApi(connect(api, "admin"), routes["shadow-policy"], { params: { id }, body });
  print(json, made, [standingLine(made)]);
  return EXIT.ok;
}

export const startShadow = defineCommand({
  words: ["policy", "shadow", "start"],
  summary: "Let a saved version run beside the active policies, without effect, to see what it would change.",
  arguments: ["ID"],
  options: { ...VERSION_OPTION, ...API_OPTIONS },
  about: ["At most three versions run in shadow at a time. Activating a version ends its shadow."],
  run: ([id = ""], values) => change(true, { id, ...values }),
});

export const stopShadow = defineCommand({
  words: ["policy", "shadow", "stop"],
  summary: "End the shadow of a version; the differences that it found stay for their time.",
  arguments: ["ID"],
  options: { ...VERSION_OPTION, ...API_OPTIONS },
  run: ([id = ""], values) => change(false, { id, ...values }),
});
