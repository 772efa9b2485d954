// Zoom's own JavaScript client, as its pages show it: a meeting is created, listed, changed, deleted and found gone, and
// its receiver, which checks signatures and answers the challenge of its URL, hears of each.
import { MeetingsS2SAuthClient } from "@zoom/rivet/meetings";

const [clientId, clientSecret, accountId, steering] = process.argv.slice(2);
const webhooksSecretToken = "secret-of-rivet";
const client = new MeetingsS2SAuthClient({ clientId, clientSecret, accountId, webhooksSecretToken, port: 0 });
const { meetings } = client.endpoints;

const check = (holds, what) => {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok  ${what}`);
};
const ids = async () => (await meetings.listMeetings({ path: { userId: "me" } })).data.meetings.map((each) => each.id);
const status = (call) => call.then(() => 0, (error) => Number(/\b[45]\d\d\b/.exec(error.message)?.[0]));

const hears = (event) => new Promise((resolve) => client.webEventConsumer.event(`meeting.${event}`, resolve));
const [created, updated, registered, deleted] = ["created", "updated", "registration_created", "deleted"].map(hears);
const server = await client.start();
const url = `http://127.0.0.1:${server.address().port}/zoom/events`;
const wanted = { url, events: ["meeting.*"], secret_token: webhooksSecretToken };
const subscribed = await fetch(`${steering}/subscriptions`, { method: "POST", body: JSON.stringify(wanted) });
check(subscribed.status === 201, "its receiver is subscribed");

const open = { approval_type: 0 }; // anybody may register
const made = await meetings.createMeeting({ path: { userId: "me" }, body: { topic: "Standup", type: 2, duration: 15, settings: open } });
check(made.statusCode === 201 && made.data.topic === "Standup", "a meeting is created");
const path = { meetingId: made.data.id };
check((await ids()).includes(made.data.id), "it is listed");
await meetings.updateMeeting({ path, body: { topic: "Retro" } });
check((await meetings.getMeeting({ path })).data.topic === "Retro", "it is changed");
const guest = { email: "mei@example.com", first_name: "Mei" };
check((await meetings.addMeetingRegistrant({ path, body: guest })).statusCode === 201, "somebody registers for it");
await meetings.deleteMeeting({ path });
check((await status(meetings.getMeeting({ path }))) === 404, "it is gone");
check(!(await ids()).includes(made.data.id), "it is not listed");
check((await created).payload.object.topic === "Standup", "its receiver hears that the meeting was created");
check((await updated).payload.object.topic === "Retro", "that it was changed");
check((await registered).payload.object.registrant.email === "mei@example.com", "that somebody registered");
check((await deleted).payload.object.topic === "Retro", "and that it was deleted");
server.close();
