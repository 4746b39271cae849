/**
 * An internet for one process: every host below `.internet.test` has a public address, and connections to port 80 there end at a server of
 * the test, at 127.0.0.1:FAKE_INTERNET_PORT. All else is as it is. For `NODE_OPTIONS=--require` or a test's own process.
 */
const dns = require('node:dns/promises');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');

const isFake = (host) => typeof host === 'string' && host.endsWith('.internet.test');

const { lookup } = dns;
dns.lookup = async (host, options) => (isFake(host) ? [{ address: '203.0.113.7', family: 4 }] : lookup(host, options));

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (isFake(options?.host) && Number(options.port) === 80) {
    Object.assign(options, { host: '127.0.0.1', port: Number(process.env.FAKE_INTERNET_PORT), lookup: undefined });
  }
  return connect.apply(this, args);
};

syncBuiltinESMExports();
