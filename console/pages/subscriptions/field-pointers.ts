/** Pointers of the fields, as the API names them. */
export const POINTERS = {
  name: ["/document/name"],
  places: ["/document/places"],
  kinds: ["/document/filter/kinds"],
  labels: ["/document/filter/labels"],
  actions: ["/document/filter/actions"],
  minSeverity: ["/document/filter/minSeverity"],
  brands: ["/document/filter/brands"],
  targets: ["/document/filter/targets"],
  accounts: ["/document/filter/accounts"],
  languages: ["/document/filter/languages"],
  when: ["/document/when"],
  channel: ["/document/channel/type"],
  url: ["/document/channel/url"],
  stream: ["/document/channel/stream"],
  to: ["/document/channel/to"],
  timing: ["/document/timing/kind", "/document/timing/every"],
  at: ["/document/timing/at"],
  zone: ["/document/timing/timeZone"],
  quietFrom: ["/document/quiet/from"],
  quietTo: ["/document/quiet/to"],
  quietZone: ["/document/quiet/timeZone"],
  perHour: ["/document/perHour"],
  ackMinutes: ["/document/duty/ackMinutes"],
  escalateTo: ["/document/duty/escalateTo"],
} as const;

export type Field = keyof typeof POINTERS;
