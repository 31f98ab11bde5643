const faye = require("faye");
const { org, run, check } = require("./steps.cjs");
const { topic, account } = require("./rest.cjs");

function client() {
  const made = new faye.Client(`${org.url}/cometd/58.0/`, { timeout: 60 });
  made.setHeader("Authorization", `OAuth ${org.accessToken}`);
  return made;
}

run({
  async "PushTopic events, in order"() {
    await topic("ByFaye");
    const subscriber = client();
    const names = [];
    let all;
    const whole = new Promise((resolve) => (all = resolve));
    await subscriber.subscribe("/topic/ByFaye", (message) => {
      names.push(message.sobject.Name);
      if (names.length === 20) all();
    });
    for (let index = 0; index < 20; index++) await account(`Faye ${index}`);
    await whole;
    await subscriber.disconnect();
    check(names.every((name, index) => name === `Faye ${index}`), names.join());
    return `${names.length} events`;
  },
  async "replay by extension"() {
    const subscriber = client();
    subscriber.addExtension({
      outgoing(message, callback) {
        if (message.channel === "/meta/subscribe") message.ext = { replay: { "/topic/ByFaye": -2 } };
        callback(message);
      },
    });
    const names = [];
    await new Promise((resolve, reject) => {
      subscriber.subscribe("/topic/ByFaye", (message) => names.push(message) === 20 && resolve()).then(null, reject);
    });
    await subscriber.disconnect();
    return `${names.length} events of before`;
  },
  async "an unknown topic"() {
    const subscriber = client();
    try {
      await subscriber.subscribe("/topic/Nowhere", () => {});
    } catch (error) {
      await subscriber.disconnect();
      return `${error.code || ""} ${error.message}`.trim();
    }
    throw new Error("subscribed to a topic that does not exist");
  },
});
