import { MAX_FOLLOWERS } from "../../shared/domain/item.ts";
import { type Columns, type Format, type ItemInput, idOf, type Row, timeFrom } from "./format.ts";

type Follow = Extract<ItemInput, { kind: "follow" }>;
type Follower = Follow["followers"][number];
type Profile = NonNullable<Follower["profile"]>;

/** Lists of profiles have no follows: a follower every ten minutes is a steady rate in which no burst is made up. */
const EVERY = 10 * 60_000;

/** Leaves out what is undefined, as the schema of profiles asks. */
export const profileOf = (facts: { [Fact in keyof Profile]: Profile[Fact] | undefined }): Profile =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Profile;

/** Every row of the file follows one account, which is named for the file. */
export function followersOfOne(
  set: string,
  first: number,
  toFollower: (columns: Columns, row: number) => { readonly id: string; readonly profile: Profile },
): Format["toItems"] {
  return async function* (rows: AsyncIterable<Row>, file: string) {
    const account = `${set}-${idOf(file, "file")}`;
    let followers: Follower[] = [];
    let message = 0;
    let lastLine = 0;
    const cut = (): Follow => {
      message += 1;
      const sent = followers;
      followers = [];
      return {
        kind: "follow",
        id: `${account}-${message}`,
        createdAt: sent.at(-1)?.followedAt ?? "",
        account: { id: account },
        followers: sent,
      };
    };
    for await (const { columns, row, line } of rows) {
      followers.push({ ...toFollower(columns, row), followedAt: timeFrom(first + row * EVERY) });
      lastLine = line;
      if (followers.length === MAX_FOLLOWERS) yield { line, item: cut() };
    }
    if (followers.length > 0) yield { line: lastLine, item: cut() };
  };
}
