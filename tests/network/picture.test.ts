import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchPicture } from '../../server/services/network/picture';

require('../support/fake-internet.cjs');

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

describe('pictures that an email points to', () => {
  let internet: Server;
  let asked: IncomingMessage[] = [];

  beforeAll(async () => {
    internet = createServer((request, response) => {
      asked.push(request);
      const path = request.url ?? '';
      if (path.startsWith('/to/'))
        return response.writeHead(302, { location: decodeURIComponent(path.slice(4)), 'set-cookie': 'tracked=1' }).end();
      if (path === '/page') return response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
      if (path === '/drawing') return response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg/>');
      if (path === '/huge') return response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(5_000_001));
      if (path === '/broken')
        return response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100' }).write('x', () => response.destroy());
      if (path === '/gone') return response.writeHead(404, { 'content-type': 'image/png' }).end();
      response.writeHead(200, { 'content-type': 'Image/GIF; charset=binary' }).end(GIF);
    });
    await new Promise<void>((resolve) => internet.listen(0, '127.0.0.1', resolve));
    process.env.FAKE_INTERNET_PORT = String((internet.address() as AddressInfo).port);
  });
  beforeEach(() => (asked = []));
  afterAll(() => internet.close());

  test('are fetched, and their server learns nothing but that somebody did', async () => {
    expect(await fetchPicture('http://pictures.internet.test/pixel.gif?id=7')).toEqual({ type: 'image/gif', bytes: GIF });
    const { headers, url } = asked[0];
    expect(url).toBe('/pixel.gif?id=7');
    expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host', 'user-agent']);
  });

  test('a redirect is followed, without the cookies that came with it', async () => {
    expect((await fetchPicture(`http://a.internet.test/to/${encodeURIComponent('http://b.internet.test/x.gif')}`)).type).toBe('image/gif');
    expect(asked.map(({ headers }) => [headers.host, headers.cookie])).toEqual([
      ['a.internet.test', undefined],
      ['b.internet.test', undefined],
    ]);
  });

  test.each([
    ['this machine', 'http://127.0.0.1/'],
    ['this machine by name', 'http://localhost/'],
    ['this machine as a number', 'http://2130706433/'],
    ['this machine in IPv6', 'http://[::1]/'],
    ['this machine as IPv4 in IPv6', 'http://[::ffff:127.0.0.1]/'],
    ['the own network', 'http://192.168.1.1/logo.png'],
    ['what a cloud tells its machines', 'http://169.254.169.254/latest/meta-data/'],
    ['no address at all', 'http://0.0.0.0/'],
    ['a name that nobody has', 'http://no-such-host.invalid/'],
  ])('none from %s, not by a redirect either', async (_, url) => {
    await expect(fetchPicture(url)).rejects.toThrow('cannot be found, or is not on the internet');
    await expect(fetchPicture(`http://a.internet.test/to/${encodeURIComponent(url)}`)).rejects.toThrow(
      'cannot be found, or is not on the internet',
    );
  });

  test.each([
    ['another protocol', 'file:///etc/passwd', 'none that is fetched'],
    ['another port', 'http://a.internet.test:25/', 'none that is fetched'],
    ['a password in the address', 'http://user:secret@a.internet.test/', 'none that is fetched'],
    ['a redirect to another protocol', `http://a.internet.test/to/${encodeURIComponent('ftp://a.internet.test/')}`, 'none that is fetched'],
    ['a page', 'http://a.internet.test/page', 'no picture'],
    ['an SVG, which can hold code', 'http://a.internet.test/drawing', 'no picture'],
    ['more than 5 MB', 'http://a.internet.test/huge', 'larger than 5 MB'],
    ['half a picture', 'http://a.internet.test/broken', 'broke off'],
    ['what is not there', 'http://a.internet.test/gone', 'not there'],
  ])('nor %s', async (_, url, reason) => {
    await expect(fetchPicture(url)).rejects.toThrow(reason);
  });

  test('a circle of redirects ends', async () => {
    const circle = 'http://a.internet.test/to/%2Fto%2F';
    await expect(fetchPicture(circle)).rejects.toThrow();
    let url = 'http://a.internet.test/x.gif';
    for (let step = 0; step < 7; step += 1) url = `http://a.internet.test/to/${encodeURIComponent(url)}`;
    await expect(fetchPicture(url)).rejects.toThrow('again and again');
  });
});
