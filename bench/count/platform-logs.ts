// What AWS writes by itself is not on this machine; its usual size stands in.

/** Bytes of the START, END, REPORT and trace lines of one invocation. */
export const INVOCATION_LOG_BYTES = 420;
/** Bytes of one line of the API's access log in the format that the stack sets. */
export const ACCESS_LOG_BYTES = 330;
/** CloudWatch Logs counts this for each event besides its text; an invocation has four, and our own lines one each. */
export const EVENT_OVERHEAD_BYTES = 26;
/** Lambda's active tracing records the first request of each second and this share of the others. */
export const TRACED_SHARE = 0.05;
