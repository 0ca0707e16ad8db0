use crate::text::post::Post;

pub const POST: Post = Post {
    title: "E-mail that the portal has written",
    lead: "The portal is shown as a demonstration. No e-mail is sent to anyone; it is shown here instead, newest first.",
    none: "The portal has not written any e-mail yet. Place an order and its confirmation appears here.",
    caption: "E-mail",
    from: "From",
    to: "To",
    subject: "Subject",
    written: "Written",
    state: "State",
    status: |code| match code {
        "sent" => "Sent",
        "dead" => "Could not be sent",
        _ => "Waiting to be sent",
    },
    content: "Content",
    gone: "The text is gone: it was removed when the e-mail was sent.",
    back: "All e-mail",
};
