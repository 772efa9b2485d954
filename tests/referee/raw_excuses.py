"""Where a document of Zoom's is wrong, and we are not: each place exactly, with the reason."""

CLIPS = "the document's server lacks /v2, without which there is nothing; its text about uploads has it"
SHOWN = "the answer gives the token of the next page, and the document does not declare that it is taken"
COLON = "the document's name of it ends in a colon, `user_ids:`, as nowhere else"

EXCUSES = {
    "DELETE /clips/{clipId} address": CLIPS,
    "DELETE /clips/{clipId}/collaborators address": CLIPS,
    "DELETE /clips/{clipId}/comments/{commentId} address": CLIPS,
    "GET /clips address": CLIPS,
    "GET /clips/transfers/{taskId} address": CLIPS,
    "GET /clips/{clipId} address": CLIPS,
    "GET /clips/{clipId}/collaborators address": CLIPS,
    "GET /clips/{clipId}/comments address": CLIPS,
    "GET /clips/{clipId}/download address": CLIPS,
    "POST /clips/transfers address": CLIPS,
    "GET /contact_center/inboxes/{inboxId}/queues query.next_page_token": SHOWN,
    "GET /contact_center/inboxes/{inboxId}/users query.next_page_token": SHOWN,
    "GET /phone/call_queues/{callQueueId}/members query.next_page_token": SHOWN,
    "GET /phone/metrics/location_tracking query.next_page_token": SHOWN,
    "GET /users/{userId}/webinars query.next_page_token": SHOWN,
    "GET /zoom_events/hubs/{hubId}/vod_channels/{channelId}/videos query.next_page_token": SHOWN,
    "POST /contact_center/inboxes/{inboxId}/users body.user_ids": COLON,
    "POST /qm/interactions label": "the label is 1 there, which is none of Zoom's four",
}
