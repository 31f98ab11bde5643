// What the streaming clients need of REST: making topics and records.
const { org } = require("./steps.cjs");

async function post(path, body) {
  const response = await fetch(`${org.url}/services/data/v60.0${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${org.accessToken}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

function topic(name) {
  return post("/sobjects/PushTopic", {
    Name: name,
    Query: "SELECT Id, Name FROM Account",
    ApiVersion: 58.0,
    NotifyForFields: "All",
  });
}

function account(name) {
  return post("/sobjects/Account", { Name: name });
}

module.exports = { post, topic, account };
