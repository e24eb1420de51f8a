import { readFileSync } from "node:fs";
import { KMSClient } from "@aws-sdk/client-kms";
import { readConnection } from "../local/connection.ts";
import { documentClient, type Table } from "../shared/store/table.ts";
import { CommandFailed } from "./command.ts";

/** What an operator's command works on: the directory table and the key that wraps tenants' data keys. */
export interface Deployment {
  readonly directory: Table;
  readonly kms: KMSClient;
  readonly keyId: string;
}

/** The outputs of `cdk deploy --outputs-file`, over all stacks. */
function deployedOutputs(file: string): Record<string, string> {
  try {
    const stacks = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
    return Object.assign({}, ...Object.values(stacks));
  } catch {
    throw new CommandFailed(`--outputs: ${file} is not what \`cdk deploy --outputs-file\` writes`);
  }
}

/**
 * On AWS (with `outputs`, the file of `cdk deploy --outputs-file`, and the operator's own credentials) or on this
 * machine (the embedded cloud that `npm start` left running).
 */
export function findDeployment(outputs: string | undefined, dataDir: string): Deployment {
  let found: Record<string, string>;
  if (outputs) found = deployedOutputs(outputs);
  else {
    const connection = readConnection(dataDir);
    if (!connection) throw new CommandFailed("nothing runs here: start it with `npm start`, or name --outputs FILE");
    Object.assign(process.env, connection.environment);
    found = connection.outputs;
  }
  const { TableDirectory: name, KeyContent: keyId } = found;
  if (!name || !keyId) throw new CommandFailed("the deployment's outputs lack TableDirectory or KeyContent");
  return { directory: { client: documentClient(), name }, kms: new KMSClient({}), keyId };
}
