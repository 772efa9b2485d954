// Zoom's own JavaScript client, as its pages show it: a meeting is created, listed, changed, deleted and found gone.
import { MeetingsS2SAuthClient } from "@zoom/rivet/meetings";

const [clientId, clientSecret, accountId] = process.argv.slice(2);
const client = new MeetingsS2SAuthClient({ clientId, clientSecret, accountId, disableReceiver: true });
const { meetings } = client.endpoints;

const check = (holds, what) => {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok  ${what}`);
};
const ids = async () => (await meetings.listMeetings({ path: { userId: "me" } })).data.meetings.map((each) => each.id);
const status = (call) => call.then(() => 0, (error) => Number(/\b[45]\d\d\b/.exec(error.message)?.[0]));

const made = await meetings.createMeeting({ path: { userId: "me" }, body: { topic: "Standup", type: 2, duration: 15 } });
check(made.statusCode === 201 && made.data.topic === "Standup", "a meeting is created");
const path = { meetingId: made.data.id };
check((await ids()).includes(made.data.id), "it is listed");
await meetings.updateMeeting({ path, body: { topic: "Retro" } });
check((await meetings.getMeeting({ path })).data.topic === "Retro", "it is changed");
await meetings.deleteMeeting({ path });
check((await status(meetings.getMeeting({ path }))) === 404, "it is gone");
check(!(await ids()).includes(made.data.id), "it is not listed");
