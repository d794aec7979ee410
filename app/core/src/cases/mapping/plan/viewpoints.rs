//! Working out the viewpoints of a mapping: concerns, and what was answered to them.

use super::{
    AnswerPlan, ViewpointPlan,
    compile::Compiler,
    parts::{Names, cites},
};
use crate::{
    cases::mapping::shape::{AnswerShape, ViewpointShape},
    codebook::In,
};

pub(super) fn all(compiler: &mut Compiler<'_>, shapes: &[ViewpointShape], names: &Names) -> Vec<ViewpointPlan> {
    let mut plans = Vec::new();
    for shape in shapes {
        let topic = compiler.coded(&shape.topic, In::Viewpoint, "topic");
        let raised_by = compiler.coded(&shape.raised_by, In::Viewpoint, "raised_by");
        let concern = compiler.template(&shape.concern);
        let speaker = compiler.optional_template(shape.speaker.as_ref());
        let date = compiler.plain(shape.date.as_ref());
        let cites = cites(compiler, names, &shape.cites);
        let answers = shape.answer.iter().filter_map(|one| answer(compiler, one, names)).collect::<Vec<_>>();
        if let (Some(topic), Some(raised_by), Some(concern)) = (topic, raised_by, concern) {
            let quoted = shape.quoted;
            plans.push(ViewpointPlan { topic, raised_by, concern, quoted, speaker, date, cites, answers });
        }
    }
    plans
}

fn answer(compiler: &mut Compiler<'_>, shape: &AnswerShape, names: &Names) -> Option<AnswerPlan> {
    let answered_by = compiler.coded(&shape.answered_by, In::Answer, "answered_by");
    let text = compiler.template(&shape.text);
    let kinds = shape.kinds.as_ref().and_then(|take| compiler.coded(take, In::Answer, "kinds"));
    let speaker = compiler.optional_template(shape.speaker.as_ref());
    let date = compiler.plain(shape.date.as_ref());
    let contested_by = cites(compiler, names, &shape.contested_by);
    let cites = cites(compiler, names, &shape.cites);
    let quoted = shape.quoted;
    Some(AnswerPlan { answered_by: answered_by?, text: text?, quoted, kinds, speaker, date, cites, contested_by })
}
