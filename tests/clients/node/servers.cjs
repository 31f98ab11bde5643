// A Bayeux server of somebody else's: `node servers.cjs faye|cometd PORT`. It prints its port; each line that it
// reads is a number of events to tell, `FIRST COUNT`, with replay ids from FIRST on.
const http = require("http");

const path = "/cometd/60.0";
const told = (number) => ({ event: { replayId: number, type: "created" }, sobject: { Name: String(number) } });

function faye() {
  const { NodeAdapter } = require("faye");
  const adapter = new NodeAdapter({ mount: path, timeout: 1 });
  const server = http.createServer((request, response) => response.writeHead(404).end());
  adapter.attach(server);
  return [server, (number) => adapter.getClient().publish("/topic/Strange", told(number))];
}

function cometd() {
  const bayeux = require("cometd-nodejs-server").createCometDServer({ timeout: 1000 });
  const publish = (number) => bayeux.createServerChannel("/topic/Strange").publish(null, told(number));
  return [http.createServer(bayeux.handle), publish];
}

const [server, publish] = { faye, cometd }[process.argv[2]]();
server.listen(Number(process.argv[3] || 0), "127.0.0.1", () => console.log(server.address().port));
require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [first, count] = line.split(" ").map(Number);
    for (let number = first; number < first + count; number += 1) publish(number);
  });
