import { Aws, RemovalPolicy, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { ServiceFunction } from "./service-function.ts";

export interface TableIndex {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
  readonly projection: "ALL" | "KEYS_ONLY";
}

export interface DataTableProps {
  /** Becomes the variable TABLE_<NAME> of the functions that use it. */
  readonly name: string;
  readonly key: IKey;
  readonly indexes?: readonly TableIndex[];
  /** Whether any second of the last 35 days can be restored; true if absent. */
  readonly recoverable?: boolean;
}

const READS = ["GetItem", "BatchGetItem", "Query"] as const;
const WRITES = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"] as const;
export type TableAction = (typeof READS)[number] | (typeof WRITES)[number];

const KEY_FOR_READS = ["kms:Decrypt"];
const KEY_FOR_WRITES = [...KEY_FOR_READS, "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

/**
 * A table keyed by pk and sk, on demand, sealed with our key, recoverable to any second of the last 35 days unless
 * said otherwise, and kept when its stack goes. Items whose `expiresAt` (epoch seconds) has passed are deleted by DynamoDB within days.
 */
export class DataTable extends Construct {
  readonly table: Table;
  private readonly props: DataTableProps;

  constructor(scope: Construct, id: string, props: DataTableProps) {
    super(scope, id);
    this.props = props;
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.recoverable ?? true },
      deletionProtection: true,
      timeToLiveAttribute: "expiresAt",
      removalPolicy: RemovalPolicy.RETAIN,
    });
    if (props.recoverable === false) {
      Validations.of(this.table).acknowledge({
        id: "AwsSolutions-DDB3",
        reason: "It holds keys whose destruction is the erasure of what they sealed; a backup would undo it.",
      });
    }
    for (const index of props.indexes ?? []) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: { name: index.partition, type: AttributeType.STRING },
        sortKey: { name: index.sort, type: AttributeType.STRING },
        projectionType: ProjectionType[index.projection],
      });
    }
  }

  /**
   * Lets the function make these calls on the table, or on one of its indexes instead, use the table's key for them
   * through DynamoDB (never by itself), and know the table's name.
   */
  lets(fn: ServiceFunction, actions: readonly TableAction[], on: { readonly index?: string } = {}): void {
    if (on.index !== undefined && !this.props.indexes?.some((index) => index.name === on.index)) {
      throw new Error(`table ${this.props.name} has no index ${on.index}`);
    }
    const resource = on.index === undefined ? this.table.tableArn : `${this.table.tableArn}/index/${on.index}`;
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [resource],
    );
    const writes = actions.some((action) => WRITES.some((write) => write === action));
    fn.allow(writes ? KEY_FOR_WRITES : KEY_FOR_READS, [this.props.key.keyArn], {
      StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com` },
    });
    fn.tell(`TABLE_${this.props.name.toUpperCase()}`, this.table.tableName);
  }
}
