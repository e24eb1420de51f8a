import { useState } from "react";

/** What is typed into a field that takes effect later: begins as `value`, and anew whenever that becomes another. */
export function useTyped(value: string): readonly [typed: string, type: (text: string) => void] {
  const [typed, type] = useState(value);
  const [begunAs, setBegunAs] = useState(value);
  if (begunAs === value) return [typed, type];
  setBegunAs(value);
  type(value);
  return [value, type];
}
