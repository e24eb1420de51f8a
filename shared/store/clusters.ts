import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Case, type ClusterMember, clusterMember, UNDONE } from "../domain/case.ts";
import { BEFORE_MEMBERS, caseKey, eventOf, laneKeys, readCase, shardOf } from "./cases.ts";
import { batchGet, epochSeconds, held, key, queryAll, type Row, type Table } from "./table.ts";

/** Items that one cluster takes; the next begins another. */
export const MOST_MEMBERS = 500;
/** Hours after its first item that a cluster takes others. */
const GATHERING_HOURS = 24;

export interface Clusters {
  /** The case that gathers items of this key now; `candidate` becomes it where there is none. */
  leader(tenant: string, clusterKey: string, candidate: string, now: Date): Promise<string>;
  /** `candidate` gathers from now on, if `before` still does. */
  takeOver(tenant: string, clusterKey: string, before: string, candidate: string, now: Date): Promise<boolean>;
  /**
   * Makes a flagged item a member of the case `leader`, or finds that it has its place already. A repeat completes what
   * a crash cut off. `closed`: that case takes none any more, and this one stands open by itself; `false` in `opened`
   * where it stood before.
   */
  join(
    opened: Case,
    leader: string,
    now: Date,
  ): Promise<{ readonly kind: "joined" | "closed"; readonly opened: boolean }>;
  /** Members in the order of their cases' ids, after one; the first item is its own case and not among them. */
  members(tenant: string, leader: string, limit: number, after?: string): Promise<readonly ClusterMember[]>;
  /** Takes an item out: its author asked to be forgotten. */
  leave(tenant: string, leader: string, id: string): Promise<void>;
  /** Which of these cases are members. */
  among(tenant: string, leader: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

const memberSk = (id: string): string => `member#${id}`;

/**
 * Clusters in the table of cases. Each item keeps the row of its own identity, so that it is found again whatever became
 * of it; one that joined says there which case it is decided with, and has a row under that case. Numbers are given out
 * by the leader's row while it is open: a decision is about the numbers given out before it.
 */
export function clusterStore(table: Table): Clusters {
  const { client, name: TableName } = table;
  const pointerKey = (tenant: string, clusterKey: string) => ({
    pk: key(tenant, "cluster", clusterKey),
    sk: "cluster",
  });
  const get = async (tenant: string, id: string): Promise<Row | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: caseKey(tenant, id), ConsistentRead: true }));
    return Item;
  };

  const point = (tenant: string, clusterKey: string, to: string, now: Date, condition: string, more: Row) =>
    held(
      client.send(
        new PutCommand({
          TableName,
          Item: {
            ...pointerKey(tenant, clusterKey),
            leader: to,
            expiresAt: epochSeconds(now) + GATHERING_HOURS * 3_600,
          },
          ConditionExpression: condition,
          ExpressionAttributeValues: more,
        }),
      ),
    );

  /** The number of a new member; undefined where the case is decided, full, or not there. */
  const grow = async (tenant: string, leader: string, member: string): Promise<number | undefined> => {
    const grown = await held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: caseKey(tenant, leader),
          UpdateExpression: "SET #size = if_not_exists(#size, :one) + :one, newest = :member",
          ConditionExpression:
            "attribute_exists(lanePk) AND (attribute_not_exists(#size) OR #size < :most) AND " +
            "(attribute_not_exists(newest) OR newest <> :member)",
          ExpressionAttributeNames: { "#size": "size" },
          ExpressionAttributeValues: { ":one": 1, ":most": MOST_MEMBERS, ":member": member },
        }),
      ),
    );
    const row = await get(tenant, leader);
    // Whether it was this try or one before whose answer was lost: the number is this member's. Others that came since
    // only make it greater, and greater than all that were decided before it came it is in any case.
    return grown || row?.newest === member ? Number(row?.size) : undefined;
  };

  const among = async (tenant: string, leader: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
    const keys = ids.map((id) => caseKey(tenant, leader, memberSk(id)));
    const rows = await batchGet(table, keys, true);
    return new Set(rows.map(({ member }) => clusterMember.parse(member).case));
  };

  const isOpen = (row: Row | undefined): row is Row => row?.lanePk !== undefined;

  /**
   * The event of a decided case is owed to its members once more: it may not have reached one that came while it was
   * decided. Where it is owed from the beginning still, it will. The note names the member, so that whoever is publishing
   * at this moment does not take it for their own and settle it.
   */
  const oweAgain = (tenant: string, id: string, row: Row, member: string, now: Date) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: caseKey(tenant, id),
          UpdateExpression: "SET owes = :event, owesPk = :pk, owesSk = :sk, owesAfter = :after",
          ConditionExpression: "version = :version AND (attribute_not_exists(owes) OR attribute_exists(owesAfter))",
          ExpressionAttributeValues: {
            ":event": eventOf(readCase(row)),
            ":pk": key("owes", String(shardOf(id))),
            ":sk": key(String(epochSeconds(now)), tenant, id),
            ":after": `${BEFORE_MEMBERS}${member}`,
            ":version": row.version,
          },
        }),
      ),
    );

  const standAlone = (opened: Case, leader: string) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: caseKey(opened.tenant, opened.id),
          UpdateExpression: "SET #case = :case, lanePk = :lanePk, laneSk = :laneSk",
          ConditionExpression: "#case.joined = :leader",
          ExpressionAttributeNames: { "#case": "case" },
          ExpressionAttributeValues: {
            ":case": opened,
            ":leader": leader,
            ":lanePk": laneKeys(opened).lanePk,
            ":laneSk": laneKeys(opened).laneSk,
          },
        }),
      ),
    );

  /** Takes an item that stands by itself out of its lane again, unless somebody works it or it has members already. */
  const comeBack = (waiting: Case) =>
    held(
      client.send(
        new UpdateCommand({
          TableName,
          Key: caseKey(waiting.tenant, waiting.id),
          UpdateExpression: "SET #case = :case REMOVE lanePk, laneSk",
          ConditionExpression: "version = :version AND attribute_not_exists(claimBy) AND attribute_not_exists(#size)",
          ExpressionAttributeNames: { "#case": "case", "#size": "size" },
          ExpressionAttributeValues: { ":case": waiting, ":version": waiting.version },
        }),
      ),
    );

  return {
    async leader(tenant, clusterKey, candidate, now) {
      const free = "attribute_not_exists(pk) OR expiresAt <= :now OR leader = :candidate";
      const values = { ":now": epochSeconds(now), ":candidate": candidate };
      if (await point(tenant, clusterKey, candidate, now, free, values)) return candidate;
      const Key = pointerKey(tenant, clusterKey);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return String(Item?.leader ?? candidate);
    },
    takeOver: (tenant, clusterKey, before, candidate, now) =>
      point(tenant, clusterKey, candidate, now, "leader = :before OR leader = :candidate", {
        ":before": before,
        ":candidate": candidate,
      }),
    async join(opened, leader, now) {
      const { tenant, id } = opened;
      const { cluster: _, ...plain } = opened;
      const waiting: Case = { ...plain, state: "joined", joined: leader };
      const put = new PutCommand({
        TableName,
        Item: { ...caseKey(tenant, id), case: waiting, version: waiting.version },
        ConditionExpression: "attribute_not_exists(pk)",
      });
      let into = leader;
      if (!(await held(client.send(put)))) {
        const before = await get(tenant, id);
        const joined = before && readCase(before).joined;
        if (joined === undefined) return { kind: "closed", opened: false };
        into = joined;
      }
      const Key = caseKey(tenant, into, memberSk(id));
      if ((await among(tenant, into, [id])).size === 0) {
        const number = await grow(tenant, into, id);
        if (number === undefined) {
          if (!(await standAlone(opened, into))) return { kind: "closed", opened: false };
          // Another delivery of the same message may have got a number while this one got none. Each writes before it
          // looks at what the other wrote, so one of them sees it.
          const isMember = (await among(tenant, into, [id])).size > 0;
          if (isMember && (await comeBack({ ...waiting, joined: into }))) return { kind: "joined", opened: false };
          return { kind: "closed", opened: true };
        }
        const member: ClusterMember = {
          case: id,
          number,
          ref: opened.ref,
          openedAt: opened.openedAt,
          action: opened.verdict.action,
          labels: opened.verdict.labels.map(({ label }) => label),
          policy: opened.verdict.policy,
        };
        await client.send(new PutCommand({ TableName, Item: { ...Key, member } }));
      }
      // Also for one that was a member before: what follows may have been cut off.
      const [mine, leading] = await Promise.all([get(tenant, id), get(tenant, into)]);
      if (isOpen(mine)) await comeBack({ ...waiting, joined: into });
      if (leading && !isOpen(leading)) {
        const { decision } = readCase(leading);
        // Erased, or taken back for a cause of its own: what joins in that moment is not decided with it.
        if (decision === undefined || decision.reason === UNDONE) {
          await client.send(new DeleteCommand({ TableName, Key }));
          return { kind: "closed", opened: await standAlone(opened, into) };
        }
        await oweAgain(tenant, into, leading, id, now);
      }
      return { kind: "joined", opened: false };
    },
    async members(tenant, leader, limit, after) {
      const rows = await queryAll(table, {
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":pk": caseKey(tenant, leader).pk,
          // A space is less than any character of an id: the first key after the one named.
          ":first": after === undefined ? "member#" : `${memberSk(after)} `,
          ":last": "member$",
        },
        ConsistentRead: true,
        Limit: limit,
      });
      return rows.map(({ member }) => clusterMember.parse(member));
    },
    async leave(tenant, leader, id) {
      await client.send(new DeleteCommand({ TableName, Key: caseKey(tenant, leader, memberSk(id)) }));
    },
    among,
  };
}
