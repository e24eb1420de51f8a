/** How a cell is read: as a count, as yes or no, as text of which only lengths count, as a moment, as any number. */
type Kind = "count" | "flag" | "text" | "moment" | "number";

interface Field {
  readonly kind: Kind;
  /** What columns that hold it are called in well-known collections, in lower case, letters and digits only. */
  readonly called: readonly string[];
}

/**
 * What a column of a file of profiles may hold: the facts of the profile schema by their names, and what some of them can
 * be worked out from. The first column called so is taken where no `--map` is given.
 */
export const FIELDS = {
  createdAt: {
    kind: "moment",
    called: ["createdat", "accountcreatedat", "datejoined", "joindate", "joined", "creationdate"],
  },
  followers: {
    kind: "count",
    called: [
      "followerscount",
      "followercount",
      "followers",
      "fans",
      "userfollowercount",
      "nooffollowers",
      "edgefollowedby",
    ],
  },
  following: {
    kind: "count",
    called: [
      "friendscount",
      "followingcount",
      "following",
      "follows",
      "followings",
      "userfollowingcount",
      "friends",
      "followees",
      "edgefollow",
    ],
  },
  statuses: {
    kind: "count",
    called: [
      "statusescount",
      "tweetcount",
      "tweetscount",
      "posts",
      "postscount",
      "statuses",
      "tweets",
      "usermediacount",
      "mediacount",
      "noofposts",
    ],
  },
  favourites: { kind: "count", called: ["favouritescount", "favoritescount", "favourites", "favorites", "likecount"] },
  listed: { kind: "count", called: ["listedcount", "listed"] },
  defaultProfile: { kind: "flag", called: ["defaultprofile"] },
  defaultImage: { kind: "flag", called: ["defaultprofileimage", "defaultimage"] },
  hasPicture: {
    kind: "flag",
    called: ["profilepic", "haspicture", "hasprofilepic", "hasprofilepicture", "userhasprofilpic", "userhasprofilepic"],
  },
  verified: { kind: "flag", called: ["verified", "isverified"] },
  private: { kind: "flag", called: ["private", "isprivate", "protected", "userisprivate"] },
  hasUrl: { kind: "flag", called: ["hasurl", "externalurl", "hasexternalurl"] },
  url: { kind: "text", called: ["url"] },
  name: { kind: "text", called: ["name", "fullname", "displayname"] },
  nameLength: { kind: "count", called: ["namelength", "fullnamelength"] },
  handle: { kind: "text", called: ["screenname", "username", "handle"] },
  handleLength: { kind: "count", called: ["handlelength", "usernamelength", "screennamelength"] },
  handleDigits: { kind: "count", called: ["handledigits", "usernamedigitcount", "usernamedigits"] },
  handleDigitShare: { kind: "number", called: ["numslengthusername", "handledigitshare", "usernamedigitshare"] },
  bio: { kind: "text", called: ["description", "bio", "biography", "about", "aboutme"] },
  bioLength: {
    kind: "count",
    called: ["descriptionlength", "biolength", "biographylength", "userbiographylength"],
  },
  ageDays: { kind: "number", called: ["accountagedays", "agedays", "ageofaccountindays"] },
  statusesPerDay: { kind: "number", called: ["averagetweetsperday", "tweetsperday", "statusesperday"] },
  seenAt: { kind: "moment", called: ["crawledat", "collectedat", "scrapedat", "retrievedat", "seenat"] },
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The column of each field that the file has. */
export type ColumnMap = ReadonlyMap<FieldName, string>;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/** The fields that columns with well-known names hold. */
export function wellKnown(columns: readonly string[]): ColumnMap {
  const byName = new Map(columns.toReversed().map((column) => [plain(column), column]));
  return new Map(
    FIELD_NAMES.flatMap((field) => {
      const called: readonly string[] = FIELDS[field].called;
      const column = called.map((name) => byName.get(name)).find((found) => found !== undefined);
      return column === undefined ? [] : [[field, column] as const];
    }),
  );
}
