//! `/staff/members` - who is on the staff: inviting, admitting, removing. For administrators.

use actix_web::web::{Data, Path};
use askama::Template;
use casebook_core::{
    ids::MemberId,
    moderation,
    seal::RecoveryKey,
    secret::{Secret, Token},
    staff::{self, Member, MemberState, Role},
};

use super::{fields::role_key, keys::show_recovery_key};
use crate::{
    kit::{
        Administrator, App, Error, Frame, FromPairs, Message, Page, Pairs, PostForm, Result, Sample, SeeOther,
        page::sample_visit,
    },
    url,
};

const LINK: &str = "invitation";

/// The members.
#[derive(Debug, Template)]
#[template(path = "staff/members.html")]
pub struct MembersPage {
    /// The frame.
    pub frame: Frame,
    /// Everybody but those who were removed.
    pub members: Vec<Row>,
    /// A new invitation, if there is one to show.
    pub link: Option<String>,
    /// For how many days invitations hold.
    pub days: u32,
}

/// A member in the list.
#[derive(Debug)]
pub struct Row {
    /// The alias.
    pub alias: String,
    /// The words for the role.
    pub role: &'static str,
    /// Whether they wait to be admitted.
    pub waiting: bool,
    /// Whether it is the one who looks.
    pub is_self: bool,
    /// Where they are admitted.
    pub admit: String,
    /// Where a link is made by which they set password and second factor anew.
    pub renew: String,
    /// Where they are given the other role.
    pub change_role: String,
    /// The other role: its code, and the words for it.
    pub other_role: (&'static str, &'static str),
    /// Where they are removed.
    pub remove: String,
}

impl Row {
    fn new(member: Member, by: Option<&MemberId>) -> Self {
        Self {
            is_self: by == Some(&member.id),
            role: role_key(member.role),
            waiting: member.state == MemberState::Waiting,
            admit: url::admit(&member.id),
            renew: url::offer_renewal(&member.id),
            change_role: url::change_role(&member.id),
            other_role: other_role(member.role),
            remove: url::remove_member(&member.id),
            alias: member.alias,
        }
    }
}

fn other_role(role: Role) -> (&'static str, &'static str) {
    let other = match role {
        Role::Moderator => Role::Administrator,
        Role::Administrator => Role::Moderator,
    };
    (other.code(), role_key(other))
}

/// `GET /staff/members` - the list.
///
/// # Errors
/// Those of the database.
pub async fn members(app: Data<App>, by: Administrator) -> Result<Page<MembersPage>> {
    let authority = by.authority();
    let shown = by.visit.key.as_ref().and_then(|to| app.flash.shown(to, LINK));
    let link = shown.and_then(|link| link.first().map(|link| link.reveal().to_owned()));
    let (members, link) = app
        .read(move |reading| {
            let members = staff::members(reading, &authority)?;
            let token = link.as_deref().and_then(|link| Token::parse(link.rsplit('/').next()?));
            let holds = token.map(|token| staff::link_holds(reading, &token)).transpose()?;
            Ok((members, link.filter(|_| holds == Some(true))))
        })
        .await?;
    Ok(Page::new(MembersPage {
        members: members.into_iter().map(|member| Row::new(member, Some(by.id()))).collect(),
        link,
        days: app.config.staff.invitation_days,
        frame: by.frame("staff-members-title"),
    }))
}

/// A role as it was chosen.
#[derive(Debug)]
pub struct RoleForm {
    role: String,
}

impl RoleForm {
    fn parse(&self) -> Result<Role> {
        self.role.parse().map_err(|_| Error::BadRequest("staff-role-unknown".into()))
    }
}

impl FromPairs for RoleForm {
    fn from_pairs(pairs: &Pairs) -> Self {
        Self { role: pairs.first("role").to_owned() }
    }
}

/// `POST /staff/members/invite` - makes a link, shown on the next page.
///
/// # Errors
/// [`Error::BadRequest`] for a role there is not.
pub async fn invite(app: Data<App>, by: Administrator, form: PostForm<RoleForm>) -> Result<SeeOther> {
    let role = form.parse()?;
    let (authority, keys, days) = (by.authority(), app.keys.clone(), app.config.staff.invitation_days);
    let token = app.write(by.actor(), move |tx| staff::invite(tx, &authority, role, days, &keys)).await?;
    show_link(&app, &by, &url::join(&token.text()));
    Ok(SeeOther(url::members()))
}

/// `POST /staff/members/{id}/renew` - makes a link by which they set password and second factor anew, shown on the next page.
///
/// # Errors
/// [`Error::NotFound`], and [`Error::Refused`] for oneself.
pub async fn offer_renewal(app: Data<App>, by: Administrator, id: Path<MemberId>, _: PostForm) -> Result<SeeOther> {
    let (authority, keys, days) = (by.authority(), app.keys.clone(), app.config.staff.invitation_days);
    let token = app.write(by.actor(), move |tx| staff::offer_renewal(tx, &authority, &id, days, &keys)).await?;
    show_link(&app, &by, &url::renew(&token.text()));
    Ok(SeeOther(url::members()))
}

/// `POST /staff/members/{id}/role` - gives them the other role and ends their sessions; after an administrator there is a new recovery key.
///
/// # Errors
/// [`Error::NotFound`], and [`Error::Refused`] for the last administrator and for oneself.
pub async fn change_role(
    app: Data<App>,
    by: Administrator,
    id: Path<MemberId>,
    form: PostForm<RoleForm>,
) -> Result<SeeOther> {
    let (authority, role) = (by.authority(), form.parse()?);
    let key = app.write(by.actor(), move |tx| staff::change_role(tx, &authority, &id, role)).await?;
    say(&app, &by, "staff-role-changed");
    Ok(to_new_key(&app, &by, key))
}

/// `POST /staff/members/{id}/admit` - seals the review key to somebody who has joined.
///
/// # Errors
/// [`Error::NotFound`], and [`Error::Conflict`] if they do not wait for it.
pub async fn admit(app: Data<App>, by: Administrator, id: Path<MemberId>, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    app.write(by.actor(), move |tx| staff::admit(tx, &authority, &id)).await?;
    say(&app, &by, "staff-admitted");
    Ok(SeeOther(url::members()))
}

/// `POST /staff/members/{id}/remove` - ends their sessions and makes a new review key; after an administrator a new recovery key too.
///
/// # Errors
/// [`Error::NotFound`], and [`Error::Refused`] for the last administrator.
pub async fn remove(app: Data<App>, by: Administrator, id: Path<MemberId>, _: PostForm) -> Result<SeeOther> {
    let authority = by.authority();
    let (key, resealed) = app.write(by.actor(), move |tx| moderation::remove_member(tx, &authority, &id)).await?;
    say(&app, &by, Message::new("staff-removed").with("done", resealed.done).with("left", resealed.left));
    Ok(to_new_key(&app, &by, key))
}

/// Leads to the page that shows a new recovery key, if there is one.
fn to_new_key(app: &App, by: &Administrator, key: Option<RecoveryKey>) -> SeeOther {
    match (key, &by.visit.key) {
        (Some(key), Some(to)) => {
            show_recovery_key(app, to, &key);
            SeeOther(url::staff_keys())
        }
        _ => SeeOther(url::members()),
    }
}

/// Keeps a link for the page that shows it.
fn show_link(app: &App, by: &Administrator, path: &str) {
    if let Some(to) = &by.visit.key {
        app.flash.show(to, LINK, vec![Secret::new(format!("{}{path}", app.config.public_url()))]);
    }
}

fn say(app: &App, by: &Administrator, message: impl Into<Message>) {
    if let Some(to) = &by.visit.key {
        app.flash.say(to, message);
    }
}

impl Sample for MembersPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |alias: &str, waiting: bool, is_self: bool| Row {
            alias: alias.to_owned(),
            role: role_key(Role::Moderator),
            waiting,
            is_self,
            admit: "/staff/members/x/admit".to_owned(),
            renew: "/staff/members/x/renew".to_owned(),
            change_role: "/staff/members/x/role".to_owned(),
            other_role: other_role(Role::Moderator),
            remove: "/staff/members/x/remove".to_owned(),
        };
        let page = |members: Vec<Row>, link: Option<&str>| Self {
            frame: sample_visit("/staff/members").frame("staff-members-title"),
            members,
            link: link.map(ToOwned::to_owned),
            days: 7,
        };
        vec![
            ("alone", page(vec![row("Ada", false, true)], None)),
            (
                "full",
                page(
                    vec![
                        row("Ada", false, true),
                        row("<script>alert(1)</script>", true, false),
                        row(&"W".repeat(40), false, false),
                    ],
                    Some("https://casebook.example/staff/join/x"),
                ),
            ),
        ]
    }
}
