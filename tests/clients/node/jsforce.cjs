const { Connection } = require("jsforce");
const { StreamingExtension } = require("jsforce/lib/api/streaming");
const { org, run, check, refused } = require("./steps.cjs");

const redirectUri = "http://localhost:1717/OauthRedirect";
const connection = new Connection({
  loginUrl: org.url,
  instanceUrl: org.url,
  version: "60.0",
  oauth2: { loginUrl: org.url, clientId: org.clientId, clientSecret: org.clientSecret, redirectUri },
});

async function received(channel, send, replay) {
  const client = connection.streaming.createClient(replay ? [new StreamingExtension.Replay(channel, -1)] : []);
  let again;
  try {
    return await new Promise((resolve, reject) => {
      client.subscribe(channel, resolve).then(() => {
        again = setInterval(() => send().catch(reject), 500);
      }, reject);
    });
  } finally {
    clearInterval(again);
    client.disconnect();
  }
}

run({
  async "login, password grant"() {
    await connection.login(org.username, org.password + org.securityToken);
    return (await connection.identity()).username;
  },
  async "login, SOAP"() {
    const other = new Connection({ loginUrl: org.url, version: "60.0" });
    const user = await other.login(org.username, org.password + org.securityToken);
    check(user.organizationId.startsWith("00D"), JSON.stringify(user));
    check((await other.query("SELECT COUNT() FROM Account")).totalSize > 0, "the session is of no use");
    return user.id;
  },
  async describe() {
    const all = await connection.describeGlobal();
    const account = await connection.describe("Account");
    return `${all.sobjects.length} sObjects, ${account.fields.length} fields of Account`;
  },
  async "create, read, update, delete"() {
    const { id } = await connection.sobject("Account").create({ Name: "By jsforce" });
    await connection.sobject("Account").update({ Id: id, Industry: "Energy" });
    check((await connection.sobject("Account").retrieve(id)).Industry === "Energy", "not updated");
    await connection.sobject("Account").destroy(id);
    return refused(connection.sobject("Account").retrieve(id), "NOT_FOUND").catch(() =>
      refused(connection.sobject("Account").retrieve(id), "ENTITY_IS_DELETED"));
  },
  async "collections"() {
    const records = Array.from({ length: 250 }, (_, index) => ({ Name: `Many ${index}` }));
    const made = await connection.sobject("Account").create(records, { allowRecursive: true });
    check(made.length === 250 && made.every((each) => each.success), JSON.stringify(made[0]));
    const gone = await connection.sobject("Account").destroy(made.map((each) => each.id), { allowRecursive: true });
    check(gone.every((each) => each.success), JSON.stringify(gone[0]));
    return `${made.length} created and deleted`;
  },
  async upsert() {
    const first = await connection.sobject("Account").upsert({ External_Id__c: "JS-1", Name: "Upserted" }, "External_Id__c");
    const second = await connection.sobject("Account").upsert({ External_Id__c: "JS-1", Name: "Twice" }, "External_Id__c");
    check(first.created === true && second.created === false && first.id === second.id, JSON.stringify([first, second]));
    await connection.sobject("Account").destroy(first.id);
    return "created, then updated";
  },
  async "query, all pages"() {
    const found = await connection.query("SELECT Id, Name FROM Contact").run({ autoFetch: true, maxFetch: 100_000 });
    check(found.records.length === found.totalSize, `${found.records.length} of ${found.totalSize}`);
    return `${found.records.length} rows`;
  },
  async search() {
    const found = await connection.search("FIND {Lovelace} IN ALL FIELDS RETURNING Contact(Id, Name)");
    check(found.searchRecords.length > 0, "nothing found");
    return `${found.searchRecords.length} found`;
  },
  async "bulk query"() {
    const stream = await connection.bulk2.query("SELECT Id, Name FROM Contact", { pollInterval: 100, pollTimeout: 20_000 });
    let count = 0;
    for await (const row of stream) count += row.Id ? 1 : 0;
    check(count > 0, "no rows");
    return `${count} rows`;
  },
  async "bulk ingest"() {
    connection.bulk2.pollInterval = 100;
    const input = ["One", "Two", ""].map((name) => ({ Name: name, Industry: "Energy" }));
    const done = await connection.bulk2.loadAndWaitForResults({ object: "Account", operation: "insert", input });
    check(done.successfulResults.length === 2 && done.failedResults.length === 1, JSON.stringify(done));
    return `2 in, 1 refused: ${done.failedResults[0].sf__Error.split(":")[0]}`;
  },
  async "blob round trip"() {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));
    const account = await connection.sobject("Account").create({ Name: "With a file" });
    const file = await connection.sobject("Attachment").create({
      Name: "bytes.bin",
      ParentId: account.id,
      Body: bytes.toString("base64"),
    });
    const pieces = [];
    for await (const piece of connection.sobject("Attachment").record(file.id).blob("Body")) pieces.push(piece);
    check(Buffer.compare(Buffer.concat(pieces), bytes) === 0, "other bytes");
    return `${bytes.length} bytes`;
  },
  async "PushTopic events"() {
    await connection.sobject("PushTopic").create({
      Name: "ByJsforce", Query: "SELECT Id, Name FROM Account", ApiVersion: 58.0, NotifyForFields: "All",
    });
    const name = `Streamed ${Date.now()}`;
    const message = await received("/topic/ByJsforce", () => connection.sobject("Account").create({ Name: name }));
    check(message.sobject.Name === name && message.event.type === "created", JSON.stringify(message));
    return `created, replay id ${message.event.replayId}`;
  },
  async "generic events, replay extension"() {
    await connection.sobject("StreamingChannel").create({ Name: "/u/jsforce" });
    const channel = connection.streaming.channel("/u/jsforce");
    const message = await received("/u/jsforce", () => channel.push({ payload: "Broadcast", userIds: [] }), true);
    check(message.payload === "Broadcast", JSON.stringify(message));
    return message.payload;
  },
  async "Apex REST"() {
    const echo = await connection.apex.post("/echo", { a: 1 });
    check(JSON.stringify(echo).includes('"a"'), JSON.stringify(echo));
    return "echoed";
  },
  async tooling() {
    const done = await connection.tooling.executeAnonymous("System.debug('x');");
    check(done.success && done.compiled, JSON.stringify(done));
    return "executeAnonymous: success";
  },
  async chatter() {
    const me = await connection.chatter.resource("/users/me").retrieve();
    return me.displayName || me.name;
  },
  async limits() {
    const limits = await connection.limits();
    const { used, limit } = connection.limitInfo.apiUsage;
    check(used > 0, "no usage told");
    return `${used} of ${limit} calls, ${limits.DailyApiRequests.Max} a day`;
  },
  async errors() {
    const account = connection.sobject("Account");
    return [
      await refused(connection.query("SELECT Nothing FROM Account"), "INVALID_FIELD"),
      await refused(connection.query("SELECT FROM"), "MALFORMED_QUERY"),
      await refused(account.create({}), "REQUIRED_FIELD_MISSING"),
      await refused(account.retrieve("001000000000000AAA"), "NOT_FOUND"),
      await refused(connection.login(org.username, "wrong"), "invalid_grant"),
    ].join(", ");
  },
  async revoke() {
    await connection.login(org.username, org.password + org.securityToken);
    const token = connection.accessToken;
    await connection.logout();
    const other = new Connection({ instanceUrl: org.url, accessToken: token, version: "60.0" });
    return refused(other.query("SELECT Id FROM Account LIMIT 1"), "INVALID_SESSION_ID");
  },
});
