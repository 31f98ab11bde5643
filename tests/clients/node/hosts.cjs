// Loaded before a client (node --require): Salesforce's host names lead to the demo org, in clear or by TLS.
// The certificate is the org's own, for these very names, and is checked as always (NODE_EXTRA_CA_CERTS).
const net = require("node:net");

const ports = { 80: Number(process.env.DEMO_PORT), 443: Number(process.env.DEMO_TLS_PORT) };
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options && /(^|\.)salesforce\.com$/.test(options.host || "")) {
    Object.assign(options, { servername: options.servername || options.host, host: "127.0.0.1", port: ports[options.port] });
  }
  return connect.apply(this, args);
};
