const nforce = require("nforce");
const { org, run, check, refused } = require("./steps.cjs");

const connection = nforce.createConnection({
  clientId: org.clientId,
  clientSecret: org.clientSecret,
  redirectUri: "http://localhost:3000/oauth/_callback",
  loginUri: `${org.url}/services/oauth2/token`,
  authEndpoint: `${org.url}/services/oauth2/authorize`,
  apiVersion: "v60.0",
  mode: "single",
  autoRefresh: true,
  username: org.username,
  password: org.password,
  securityToken: org.securityToken,
});
const made = {};

run({
  async login() {
    const oauth = await connection.authenticate({});
    check(oauth.access_token && oauth.instance_url === org.url, "no token");
    const identity = await connection.getIdentity({});
    return identity.username;
  },
  async versions() {
    return (await connection.getVersions()).length;
  },
  async describe() {
    const all = await connection.getSObjects({});
    const account = await connection.getDescribe("Account");
    check((await connection.getMetadata("Account")).objectDescribe.name === "Account", "no basic info");
    return `${all.sobjects.length} sObjects, ${account.fields.length} fields of Account`;
  },
  async "create, read, update, delete"() {
    const account = nforce.createSObject("Account", { Name: "By nforce" });
    made.id = (await connection.insert({ sobject: account })).id;
    const read = await connection.getRecord({ type: "Account", id: made.id });
    check(read.get("Name") === "By nforce", "not as written");
    read.set("Industry", "Energy");
    await connection.update({ sobject: read });
    const again = await connection.getRecord({ type: "Account", id: made.id, fields: ["Industry"] });
    check(again.get("Industry") === "Energy", "not updated");
    await connection.delete({ sobject: again });
    return refused(connection.getRecord({ type: "Account", id: made.id }), "ENTITY_IS_DELETED")
      .catch(() => refused(connection.getRecord({ type: "Account", id: made.id }), "NOT_FOUND"));
  },
  async upsert() {
    const account = nforce.createSObject("Account", { Name: "Upserted" });
    account.setExternalId("External_Id__c", "NF-1");
    await connection.upsert({ sobject: account });
    const second = nforce.createSObject("Account", { Name: "Upserted twice" });
    second.setExternalId("External_Id__c", "NF-1");
    await connection.upsert({ sobject: second });
    const found = await connection.query("SELECT Id, Name FROM Account WHERE External_Id__c = 'NF-1'");
    check(found.totalSize === 1 && found.records[0].get("Name") === "Upserted twice", "not one record");
    await connection.delete({ sobject: found.records[0] });
    return "created, then updated";
  },
  async "query, all pages"() {
    const found = await connection.query({ query: "SELECT Id, Name FROM Contact", fetchAll: true });
    check(found.records.length === found.totalSize, `${found.records.length} of ${found.totalSize}`);
    return `${found.records.length} rows`;
  },
  async search() {
    const found = await connection.search("FIND {Lovelace} IN ALL FIELDS RETURNING Contact(Id, Name)");
    const records = found.searchRecords || found;
    check(records.length > 0, "nothing found");
    return `${records.length} found`;
  },
  async "blob round trip"() {
    const account = await connection.insert({ sobject: nforce.createSObject("Account", { Name: "With a file" }) });
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));
    const file = nforce.createSObject("Attachment", { Name: "bytes.bin", ParentId: account.id });
    file.setAttachment("bytes.bin", bytes);
    const { id } = await connection.insert({ sobject: file });
    const body = await connection.getAttachmentBody({ id });
    check(Buffer.compare(body, bytes) === 0, "other bytes");
    return `${body.length} bytes`;
  },
  async "PushTopic events"() {
    const topic = nforce.createSObject("PushTopic", {
      Name: "ByNforce",
      Query: "SELECT Id, Name FROM Account",
      ApiVersion: 58.0,
      NotifyForFields: "All",
    });
    await connection.insert({ sobject: topic });
    const stream = connection.stream({ topic: "ByNforce" });
    const event = new Promise((resolve, reject) => {
      stream.on("data", resolve);
      stream.on("error", reject);
    });
    await new Promise((resolve) => stream.on("connect", resolve));
    const name = `Streamed ${Date.now()}`;
    const again = setInterval(() => connection.insert({ sobject: nforce.createSObject("Account", { Name: name }) }), 500);
    const message = await event;
    clearInterval(again);
    stream.cancel();
    check(message.sobject.Name === name && message.event.type === "created", JSON.stringify(message));
    return `created, replay id ${message.event.replayId}`;
  },
  async "Apex REST"() {
    const echo = await connection.apexRest({ uri: "echo", method: "POST", body: '{"a": 1}' });
    check(JSON.stringify(echo).includes('"a"'), JSON.stringify(echo));
    return "echoed";
  },
  async limits() {
    const limits = await connection.getLimits({});
    return `${limits.DailyApiRequests.Remaining} of ${limits.DailyApiRequests.Max} calls left`;
  },
  async "errors"() {
    return [
      await refused(connection.query("SELECT Nothing FROM Account"), "INVALID_FIELD"),
      await refused(connection.query("SELECT FROM"), "MALFORMED_QUERY"),
      await refused(connection.insert({ sobject: nforce.createSObject("Account", {}) }), "REQUIRED_FIELD_MISSING"),
      await refused(connection.getRecord({ type: "Account", id: "001000000000000AAA" }), "NOT_FOUND"),
    ].join(", ");
  },
  async revoke() {
    const token = connection.oauth.access_token;
    await connection.revokeToken({ token });
    connection.autoRefresh = false;
    return refused(connection.getLimits({}), "INVALID_SESSION_ID");
  },
});
