// A site without our protections, for showing that the search for traces finds them where they are: its form lets the browser fill in and
// keep, its pages may be stored, and its answer to the form is a page.
import { createServer } from 'node:http';

const form = (text = '', city = '') => `<!doctype html><title>Form</title><form method="post" action="/sent">
  <textarea name="narrative">${text}</textarea><input name="city" type="text" value="${city}"><button>Send</button></form>`;

/** Starts it; gives its address and a way to end it. */
export function openCarelessSite() {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const sent = new URLSearchParams(body);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(form(sent.get('narrative') ?? '', sent.get('city') ?? ''));
    });
  });
  return new Promise((opened) => {
    server.listen(0, '127.0.0.1', () => {
      opened({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() });
    });
  });
}
