import { readFileSync } from "node:fs";
import { KMSClient } from "@aws-sdk/client-kms";
import { readConnection } from "../local/connection.ts";
import { sqsClient } from "../shared/queue/item-queue.ts";
import { documentClient, type Table } from "../shared/store/table.ts";
import { CommandFailed, type OptionSpecs } from "./command.ts";
import { userPath } from "./user-path.ts";

export const DATA_OPTION = {
  data: {
    type: "string",
    value: "DIR",
    about: "the data folder of `npm start` on this machine (default .touchstone, or what TOUCHSTONE_DATA says)",
  },
} as const satisfies OptionSpecs;

/** Options of the commands that use the operator's own rights rather than an API key. */
export const OPERATOR_OPTIONS = {
  outputs: {
    type: "string",
    value: "FILE",
    about: "work on AWS with your own credentials: the file that `cdk deploy --outputs-file FILE` wrote",
  },
  ...DATA_OPTION,
} as const satisfies OptionSpecs;

export interface DeploymentOptions {
  readonly outputs: string | undefined;
  readonly data: string | undefined;
}

export const dataDirOf = (data: string | undefined): string => data ?? process.env.TOUCHSTONE_DATA ?? ".touchstone";

/** The outputs of `cdk deploy --outputs-file`, over all stacks. */
function deployedOutputs(file: string): Record<string, string> {
  try {
    const stacks = JSON.parse(readFileSync(userPath(file), "utf8")) as Record<string, Record<string, string>>;
    return Object.assign({}, ...Object.values(stacks));
  } catch {
    throw new CommandFailed("--outputs: that file is not what `cdk deploy --outputs-file FILE` writes");
  }
}

/**
 * The names, URLs and ARNs of the stacks: on AWS by the file of the deployment, on this machine by what `npm start`
 * left. SDK clients made afterwards find the embedded cloud by the environment.
 */
export function findOutputs({ outputs, data }: DeploymentOptions): Readonly<Record<string, string>> {
  if (outputs) return deployedOutputs(outputs);
  const dataDir = dataDirOf(data);
  const connection = readConnection(dataDir);
  if (!connection)
    throw new CommandFailed(
      `nothing was started in ${dataDir}: start it with \`npm start\`, or name its --data DIR or --outputs FILE`,
    );
  Object.assign(process.env, connection.environment);
  return connection.outputs;
}

/** What an operator's command works on: the directory table and the key that wraps tenants' data keys. */
export interface Deployment {
  readonly directory: Table;
  readonly kms: KMSClient;
  readonly keyId: string;
}

/** @throws CommandFailed where nothing was started or deployed. */
export function findDeployment(options: DeploymentOptions): Deployment {
  const { TableDirectory: name, KeyContent: keyId } = findOutputs(options);
  if (!name || !keyId) throw new CommandFailed("the deployment's outputs lack TableDirectory or KeyContent");
  return { directory: { client: documentClient(), name }, kms: new KMSClient({}), keyId };
}

/** A queue with its dead-letter queue, as `dead-letters` and `redrive` name it: `posts`. */
export interface NamedQueue {
  readonly name: string;
  readonly url: string;
  readonly deadUrl: string;
}

const kebab = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** Every queue of the deployment that has a dead-letter queue: outputs `QueuePosts` and `QueuePostsDead`. */
export function findQueues(options: DeploymentOptions): {
  readonly queues: readonly NamedQueue[];
  readonly sqs: ReturnType<typeof sqsClient>;
} {
  const outputs = findOutputs(options);
  const queues = Object.entries(outputs).flatMap(([output, deadUrl]) => {
    const [, name] = /^Queue(.+)Dead$/.exec(output) ?? [];
    const url = name && outputs[`Queue${name}`];
    return name && url ? [{ name: kebab(name), url, deadUrl }] : [];
  });
  if (queues.length === 0) throw new CommandFailed("the deployment's outputs name no queues; deploy it again");
  return { queues, sqs: sqsClient() };
}
