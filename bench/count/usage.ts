/** What a number of items used, in the units of AWS's bill. */
export interface Usage {
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly apiRequests: number;
  readonly lambdaRequests: number;
  readonly lambdaGbSeconds: number;
  readonly sqsRequests: number;
  readonly snsRequests: number;
  readonly kmsRequests: number;
  readonly logBytes: number;
  readonly traces: number;
}

/** The same use, for another number of items. */
export function scaled(usage: Usage, factor: number): Usage {
  const entries = Object.entries(usage).map(([name, amount]) => [name, amount * factor]);
  return Object.fromEntries(entries) as unknown as Usage;
}
