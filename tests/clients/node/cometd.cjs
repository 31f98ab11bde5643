require("cometd-nodejs-client").adapt();
const { CometD } = require("cometd");
const { org, run, check } = require("./steps.cjs");
const { topic, account, post } = require("./rest.cjs");

function opened(token = org.accessToken) {
  const client = new CometD();
  client.websocketEnabled = false;
  client.configure({
    url: `${org.url}/cometd/58.0`,
    requestHeaders: { Authorization: `Bearer ${token}` },
    appendMessageTypeToURL: false,
    logLevel: "error",
  });
  return new Promise((resolve, reject) => {
    client.handshake((answer) => (answer.successful ? resolve(client) : reject(new Error(JSON.stringify(answer)))));
  });
}

function heard(client, channel, send, extension) {
  return new Promise((resolve, reject) => {
    client.subscribe(channel, resolve, extension, (answer) => {
      if (answer.successful) send().catch(reject);
      else reject(new Error(answer.error));
    });
  });
}

run({
  async "PushTopic events"() {
    await topic("ByCometd");
    const client = await opened();
    const message = await heard(client, "/topic/ByCometd", () => account("Cometd"));
    client.disconnect();
    check(message.data.sobject.Name === "Cometd", JSON.stringify(message));
    return `${message.data.event.type}, replay id ${message.data.event.replayId}`;
  },
  async "replay of what was missed"() {
    const client = await opened();
    const extension = { ext: { replay: { "/topic/ByCometd": -2 } } };
    const message = await heard(client, "/topic/ByCometd", async () => {}, extension);
    client.disconnect();
    return `${message.data.event.type}, replay id ${message.data.event.replayId}`;
  },
  async "change data capture"() {
    const client = await opened();
    const message = await heard(client, "/data/AccountChangeEvent", () => account("Captured"));
    client.disconnect();
    const header = message.data.payload.ChangeEventHeader;
    check(header.changeType === "CREATE" && header.entityName === "Account", JSON.stringify(message));
    return `${header.changeType} of ${header.entityName}`;
  },
  async "generic events"() {
    const { id } = await post("/sobjects/StreamingChannel", { Name: "/u/cometd" });
    const client = await opened();
    const send = () => post(`/sobjects/StreamingChannel/${id}/push`, { pushEvents: [{ payload: "Broadcast", userIds: [] }] });
    const message = await heard(client, "/u/cometd", send);
    client.disconnect();
    check(message.data.payload === "Broadcast", JSON.stringify(message));
    return message.data.payload;
  },
  async "an unknown topic"() {
    const client = await opened();
    try {
      await heard(client, "/topic/Nowhere", async () => {});
    } catch (error) {
      client.disconnect();
      return error.message;
    }
    throw new Error("subscribed to a topic that does not exist");
  },
  async "a wrong token"() {
    try {
      await opened("00D000000000000!wrong");
    } catch (error) {
      return JSON.parse(error.message).error;
    }
    throw new Error("a wrong token was taken");
  },
});
