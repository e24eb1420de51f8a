/**
 * Code of the CloudFront function that turns the console's pages into its one document. A path of one segment with a dot
 * is a file (/config.json); every other one is a page, however many dots its last segment has: ids may have them.
 * Plain JavaScript: CloudFront runs it, and so does the embedded server.
 */
export const CONSOLE_PATHS = `function handler(event) {
  const request = event.request;
  if (!/^\\/[^/]+\\.[^/.]+$/.test(request.uri)) request.uri = "/index.html";
  return request;
}
`;
