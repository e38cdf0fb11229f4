//! Writes the rows of what is true on each day, in an order in which no statement leaves the
//! organisation without an accountable person or an administrator: first all that adds, then all
//! that takes away. The database checks each statement.

use std::collections::{BTreeMap, BTreeSet};

use registration::date::CalendarDate;
use registration::membership::{Change, History, MemberId, Terms};

use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// The days of a term: the first one, and the first one after it if an end is known.
type Days = (CalendarDate, Option<CalendarDate>);

/// Returns the days on which each person is a member. Whoever joins and leaves on one day, and
/// whose joining was cancelled, is a member on no day.
pub(super) fn member_days(history: &History) -> BTreeMap<MemberId, Days> {
    let mut days: BTreeMap<MemberId, Days> = BTreeMap::new();
    for event in history.events() {
        if event.change == Change::Join {
            let on = event.recorded_on();
            days.insert(event.member.clone(), (on, Some(on)));
        }
    }
    for term in history.terms().members {
        days.insert(term.member, (term.from, term.until));
    }
    days
}

/// Changes the rows of an organisation from one history to the next. New members are in the table
/// already.
pub(super) async fn write(
    connection: &mut Connection<'_>,
    organisation: &str,
    (before, after): (&History, &History),
) -> Result<(), StoreError> {
    let (days_before, days_after) = (member_days(before), member_days(after));
    let (terms_before, terms_after) = (before.terms(), after.terms());
    for (member, days) in &days_after {
        if let Some(was) = days_before.get(member)
            && widest(*was, *days) != *was
        {
            write_member(connection, member, widest(*was, *days)).await?;
        }
    }
    add_terms(connection, organisation, &terms_before, &terms_after).await?;
    write_turns(connection, organisation, &terms_before, &terms_after).await?;
    end_terms(connection, &terms_before, &terms_after).await?;
    for (member, days) in &days_after {
        if days_before.get(member).is_some_and(|was| was != days) {
            write_member(connection, member, *days).await?;
        }
    }
    Ok(())
}

/// Returns the rows that do not follow from the events: the table of each, and its member or day.
pub(in crate::store) async fn wrong_terms(
    connection: &mut Connection<'_>,
    organisation: &str,
    history: &History,
) -> Result<Vec<(&'static str, String)>, StoreError> {
    type Term = (String, i64, Option<i64>);
    let terms = history.terms();
    let members: BTreeSet<Term> = member_days(history)
        .into_iter()
        .map(|(member, (from, until))| (member.to_string(), from.day_number(), number(until)))
        .collect();
    let administrators: BTreeSet<Term> = administrator_days(&terms)
        .into_iter()
        .map(|((member, from), until)| (member.to_string(), from.day_number(), number(until)))
        .collect();
    let turns: BTreeSet<Term> = terms
        .accountable
        .iter()
        .map(|turn| (turn.member.to_string(), turn.from.day_number(), None))
        .collect();
    let mut wrong = Vec::new();
    for (table, follow, statement) in [
        (
            "member",
            members,
            "select id, from_day, until_day from member where organisation_id = $1",
        ),
        (
            "administrator_term",
            administrators,
            "select member_id, from_day, until_day from administrator_term where organisation_id \
             = $1",
        ),
        (
            "accountable_turn",
            turns,
            "select member_id, from_day, cast(null as bigint) from accountable_turn where \
             organisation_id = $1",
        ),
    ] {
        let rows: Vec<Term> = query_as(statement)
            .bind(organisation)
            .fetch_all(connection)
            .await?;
        let rows: BTreeSet<Term> = rows.into_iter().collect();
        let differ = rows.symmetric_difference(&follow);
        let members: BTreeSet<&String> = differ.map(|(member, ..)| member).collect();
        wrong.extend(
            members
                .into_iter()
                .map(|member| (table, format!("member {member}"))),
        );
    }
    Ok(wrong)
}

fn widest(one: Days, other: Days) -> Days {
    let until = match (one.1, other.1) {
        (Some(one), Some(other)) => Some(one.max(other)),
        _ => None,
    };
    (one.0.min(other.0), until)
}

fn number(day: Option<CalendarDate>) -> Option<i64> {
    day.map(CalendarDate::day_number)
}

async fn write_member(
    connection: &mut Connection<'_>,
    member: &MemberId,
    (from, until): Days,
) -> Result<(), StoreError> {
    query("update member set from_day = $2, until_day = $3 where id = $1")
        .bind(member.as_str())
        .bind(from.day_number())
        .bind(number(until))
        .execute(connection)
        .await?;
    Ok(())
}

fn administrator_days(terms: &Terms) -> BTreeMap<(&MemberId, CalendarDate), Option<CalendarDate>> {
    let terms = terms.administrators.iter();
    terms
        .map(|term| ((&term.member, term.from), term.until))
        .collect()
}

fn is_longer(until: Option<CalendarDate>, than: Option<CalendarDate>) -> bool {
    match (until, than) {
        (None, Some(_)) => true,
        (Some(until), Some(than)) => until > than,
        (_, None) => false,
    }
}

async fn end_term(
    connection: &mut Connection<'_>,
    (member, from): (&MemberId, CalendarDate),
    until: Option<CalendarDate>,
) -> Result<(), StoreError> {
    query("update administrator_term set until_day = $3 where member_id = $1 and from_day = $2")
        .bind(member.as_str())
        .bind(from.day_number())
        .bind(number(until))
        .execute(connection)
        .await?;
    Ok(())
}

async fn add_terms(
    connection: &mut Connection<'_>,
    organisation: &str,
    before: &Terms,
    after: &Terms,
) -> Result<(), StoreError> {
    let was = administrator_days(before);
    for (term, until) in administrator_days(after) {
        match was.get(&term) {
            Some(than) if is_longer(until, *than) => end_term(connection, term, until).await?,
            Some(_) => {}
            None => {
                query(
                    "insert into administrator_term (organisation_id, member_id, from_day, \
                     until_day) values ($1, $2, $3, $4)",
                )
                .bind(organisation)
                .bind(term.0.as_str())
                .bind(term.1.day_number())
                .bind(number(until))
                .execute(connection)
                .await?;
            }
        }
    }
    Ok(())
}

async fn end_terms(
    connection: &mut Connection<'_>,
    before: &Terms,
    after: &Terms,
) -> Result<(), StoreError> {
    let is = administrator_days(after);
    for (term, than) in administrator_days(before) {
        match is.get(&term) {
            Some(until) if is_longer(than, *until) => end_term(connection, term, *until).await?,
            Some(_) => {}
            None => {
                query("delete from administrator_term where member_id = $1 and from_day = $2")
                    .bind(term.0.as_str())
                    .bind(term.1.day_number())
                    .execute(connection)
                    .await?;
            }
        }
    }
    Ok(())
}

/// Writes the turns of the accountable persons: new ones from the last day to the first, then old
/// ones away from the first day to the last. So each turn that is there for a moment is at most as
/// long as its person is a member.
async fn write_turns(
    connection: &mut Connection<'_>,
    organisation: &str,
    before: &Terms,
    after: &Terms,
) -> Result<(), StoreError> {
    for turn in after.accountable.iter().rev() {
        if before.accountable.contains(turn) {
            continue;
        }
        query(
            "insert into accountable_turn (organisation_id, from_day, member_id) values ($1, $2, \
             $3) on conflict (organisation_id, from_day) do update set member_id = \
             excluded.member_id",
        )
        .bind(organisation)
        .bind(turn.from.day_number())
        .bind(turn.member.as_str())
        .execute(connection)
        .await?;
    }
    for turn in &before.accountable {
        if after.accountable.iter().all(|kept| kept.from != turn.from) {
            query("delete from accountable_turn where organisation_id = $1 and from_day = $2")
                .bind(organisation)
                .bind(turn.from.day_number())
                .execute(connection)
                .await?;
        }
    }
    Ok(())
}
