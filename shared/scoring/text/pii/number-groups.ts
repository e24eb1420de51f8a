/** A run of digits. */
export interface Group {
  readonly from: number;
  readonly to: number;
  /** ASCII, whatever script they were written in. */
  readonly digits: string;
  /** Signs between it and the group after, "" where they are not joined. */
  readonly joint: string;
  /** A letter, "_" or a sign of money or order stands right before it. */
  readonly tiedBefore: boolean;
  /** A letter, "_" or a sign of money or percent stands right after it. */
  readonly tiedAfter: boolean;
}

/** First digits of the scripts whose figures people type. */
const ZEROS = [0x30, 0xff10, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/** Value of a digit's code unit, or -1. */
export function digitValue(code: number): number {
  if (code < 128) return code >= 48 && code <= 57 ? code - 48 : -1;
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return code - zero;
  return -1;
}

/** Longer runs are nobody's number. */
const LONGEST_GROUP = 40;
const LONGEST_JOINT = 3;

const JOINTS = new Map([
  [0x20, " "],
  [0xa0, " "],
  [0x202f, " "],
  [0x2d, "-"],
  [0x2010, "-"],
  [0x2011, "-"],
  [0x2012, "-"],
  [0x2013, "-"],
  [0x2e, "."],
  [0x2f, "/"],
  [0x28, "("],
  [0x29, ")"],
]);

const isLetter = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || (code >= 0xc0 && code < 0x2000);
/** # $ £ € */
const ranksBefore = (code: number): boolean => code === 35 || code === 36 || code === 0xa3 || code === 0x20ac;
/** % € */
const ranksAfter = (code: number): boolean => code === 37 || code === 0x20ac;

function jointFrom(text: string, from: number): string {
  let joint = "";
  for (let at = from; at < text.length && joint.length <= LONGEST_JOINT; at++) {
    const code = text.charCodeAt(at);
    if (digitValue(code) >= 0) return joint;
    const sign = JOINTS.get(code);
    if (sign === undefined) return "";
    joint += sign;
  }
  return "";
}

/** Every run of digits in a text. One pass. */
export function readGroups(text: string): Group[] {
  const groups: Group[] = [];
  for (let index = 0; index < text.length; ) {
    if (digitValue(text.charCodeAt(index)) < 0) {
      index++;
      continue;
    }
    const from = index;
    let digits = "";
    for (; index < text.length; index++) {
      const value = digitValue(text.charCodeAt(index));
      if (value < 0) break;
      if (digits.length < LONGEST_GROUP) digits += value;
    }
    const before = from === 0 ? 32 : text.charCodeAt(from - 1);
    const after = index === text.length ? 32 : text.charCodeAt(index);
    groups.push({
      from,
      to: index,
      digits,
      joint: jointFrom(text, index),
      tiedBefore: isLetter(before) || ranksBefore(before),
      tiedAfter: isLetter(after) || ranksAfter(after),
    });
  }
  return groups;
}

/** Some groups in a row, as one number. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly digits: string;
  /** Lengths of its groups, as "4-4-4-4". */
  readonly shape: string;
  /** The joints between them, one string each. */
  readonly joints: readonly string[];
  readonly groups: number;
  readonly tiedBefore: boolean;
  readonly tiedAfter: boolean;
}

/** The `count` groups from `at` as one run; undefined where they are not joined or are not that many. */
export function runOf(groups: readonly Group[], at: number, count: number): Run | undefined {
  const first = groups[at];
  if (first === undefined) return undefined;
  let { digits, to, tiedAfter } = first;
  let shape = String(first.digits.length);
  const joints: string[] = [];
  for (let step = 1; step < count; step++) {
    const joint = groups[at + step - 1]?.joint ?? "";
    const next = groups[at + step];
    if (joint === "" || next === undefined) return undefined;
    joints.push(joint);
    digits += next.digits;
    shape += `-${next.digits.length}`;
    to = next.to;
    tiedAfter = next.tiedAfter;
  }
  return { from: first.from, to, digits, shape, joints, groups: count, tiedBefore: first.tiedBefore, tiedAfter };
}
