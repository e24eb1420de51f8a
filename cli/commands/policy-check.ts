import { inheritedRules } from "../../shared/policy/inherited-rules.ts";
import { defineCommand, EXIT } from "../command.ts";
import { caretLines } from "../documents/caret-lines.ts";
import { checkFile, PARENTS_OPTION } from "../policy/known-policies.ts";
import { documentLines } from "../policy/policy-view.ts";
import { print } from "../print.ts";
import { counted } from "../progress-line.ts";
import { safeText } from "../safe-text.ts";
import { paint } from "../views/paint.ts";

export const checkPolicyCommand = defineCommand({
  words: ["policy", "check"],
  summary: "Check a policy here, without a server: names, types, bounds and rules that can never decide.",
  arguments: ["FILE"],
  options: PARENTS_OPTION,
  about: [
    "FILE is YAML or JSON, or - for standard input. Each fault is printed with line, column, the line itself and what to " +
      "write instead; the exit code is then 1. What passes is printed rule by rule.",
    "docs/policies.md has the language of conditions, policies/packs/ policies to start from.",
  ],
  async run([file = ""], { parents, json }) {
    const { read, checked, parents: ancestors } = checkFile("policy check", file, parents);
    if (!checked.ok) {
      const { faults, warnings = [] } = checked;
      print(json, { ok: false, faults, warnings }, [
        ...caretLines(file, read, faults),
        "",
        `${counted(faults.length, "fault")}${warnings.length > 0 ? `, ${counted(warnings.length, "warning")}` : ""}`,
      ]);
      return EXIT.refused;
    }
    const { document, warnings } = checked;
    const chain = [document, ...ancestors].map((one) => ({ document: one }));
    print(json, { ok: true, document, warnings }, [
      ...caretLines(file, read, warnings),
      `${paint("bold", safeText(document.title))}  ${document.id}`,
      ...documentLines(document),
      "",
      `no fault: ${counted(document.rules.length, "rule")} of its own, ${inheritedRules(chain).length} with what it inherits`,
    ]);
    return EXIT.ok;
  },
});
