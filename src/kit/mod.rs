#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum Lang{Sv,En}
impl Lang { pub fn code(self)->&'static str{"sv"} pub fn prefix(self)->&'static str{""} }
#[derive(Debug,Clone,Copy,PartialEq,Eq,PartialOrd,Ord)] pub struct Instant(pub i64);
#[derive(Debug,Clone,PartialEq,Eq)] pub struct Id(String);
impl Id { pub fn new(s:String)->Self{Self(s)} }
#[derive(Debug)] pub struct Form(pub Vec<(String,String)>);
