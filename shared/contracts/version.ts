/** Version of the API's contracts, stated by health and by the OpenAPI document. */
export const API_VERSION = "1.0.0";
