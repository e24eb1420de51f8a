import { LOCAL_USERS, type LocalUser } from "./users.ts";

const roleOf = ({ role, brands }: LocalUser): string => {
  if (role === undefined) return "is a member of nothing";
  return brands ? `${role} of ${brands.join(", ")}` : role;
};

/** What `npm start` says of who can sign in, and how: one line each, without indentation. */
export function userLines(password: string): string[] {
  const people = LOCAL_USERS.map((user) => `${user.name} (${roleOf(user)})`);
  return [
    `password ${password}   (of everybody; kept in the data folder's identity.json)`,
    `people   ${people.join(", ")}`,
  ];
}
